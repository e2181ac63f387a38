package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionNameTest {

    @ParameterizedTest
    @CsvSource({
        "f, , , f,",
        "f:v1, , , f, v1",
        "f:$LATEST, , , f, $LATEST",
        "123456789012:function:f, , 123456789012, f,",
        "123456789012:function:f:7, , 123456789012, f, 7",
        "arn:aws:lambda:eu-central-1:123456789012:function:my-f_1, eu-central-1, 123456789012, my-f_1,",
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:f:live, cn-north-1, 123456789012, f, live"
    })
    void everyFormIsUnderstoodAndWrittenBackAsItWas(
            String text, String region, String accountId, String name, String qualifier) {
        FunctionName parsed = FunctionName.parse(text);

        assertThat(parsed.region()).isEqualTo(region);
        assertThat(parsed.accountId()).isEqualTo(accountId);
        assertThat(parsed.name()).isEqualTo(name);
        assertThat(parsed.qualifier()).isEqualTo(qualifier);
        assertThat(parsed).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "f:",
                "f:a:b",
                "f/../g",
                "f\n",
                "12345:function:f",
                "arn:aws:lambda:eu-central-1:123456789012:f",
                "arn:aws:s3:eu-central-1:123456789012:function:f",
                "arn:aws:lambda::123456789012:function:f"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FunctionName.parse(text))
                .withMessage("no Lambda function name or ARN: " + text);
    }

    @Test
    void missingPartsAreFilledIn() {
        assertThat(FunctionName.parse("f:live").within("eu-west-1", "123456789012"))
                .hasToString("arn:aws:lambda:eu-west-1:123456789012:function:f:live");
    }
}
