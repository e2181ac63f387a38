package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.lambda.LambdaException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionTableTest {

    private final InProcessFunctions inProcess = new InProcessFunctions(
            InProcessFunctions.Settings.of("eu-west-1", "111111111111"), () -> Instant.EPOCH, () -> "id");
    private final FunctionTable table = new FunctionTable(
            inProcess, Map.of("eu-west-1", named("ireland"), "us-east-1", named("virginia")), "eu-west-1");

    @BeforeEach
    void registerOne() {
        LambdaFunction function = (payload, context) -> "here".getBytes(StandardCharsets.UTF_8);
        inProcess.register("mine", function);
    }

    @AfterEach
    void close() {
        inProcess.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mine, here",
        "arn:aws:lambda:us-east-1:123456789012:function:mine, here",
        "other, ireland",
        "123456789012:function:other, ireland",
        "arn:aws:lambda:us-east-1:123456789012:function:other:live, virginia"
    })
    void functionRunsWhereItIsKnown(String function, String where) throws Exception {
        assertThat(table.knows(FunctionName.parse(function))).isTrue();
        assertThat(new String(
                        table.invoke(call(function)).toCompletableFuture().get().payload(), StandardCharsets.UTF_8))
                .isEqualTo(where);
    }

    @Test
    void unknownFunctionIsNamed() {
        String arn = "arn:aws:lambda:ap-south-1:123456789012:function:lost";

        assertThat(table.knows(FunctionName.parse(arn))).isFalse();
        assertThat(table.invoke(call(arn)).toCompletableFuture())
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        LambdaException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
                .withMessage("function " + arn
                        + " is not registered in this process, and there is no Lambda endpoint for ap-south-1");
    }

    private static LambdaCall call(String function) {
        return LambdaCall.of(FunctionName.parse(function), new byte[0], Duration.ofSeconds(5));
    }

    private static LambdaInvoker named(String name) {
        return call -> CompletableFuture.completedFuture(LambdaResult.of(name.getBytes(StandardCharsets.UTF_8)));
    }
}
