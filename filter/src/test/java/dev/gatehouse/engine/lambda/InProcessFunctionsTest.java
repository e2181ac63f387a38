package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.engine.lambda.InProcessFunctions.Settings;
import dev.gatehouse.engine.lambda.LambdaCall.InvocationType;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InProcessFunctionsTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Instant> times = new ArrayList<>(List.of(NOON));
    private final FunctionThreads threads = new FunctionThreads();
    private final InProcessFunctions functions = start(threads, Settings.of("eu-central-1", "123456789012"));

    @AfterEach
    void close() {
        threads.close();
    }

    // What can be a function

    static final class Upper implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            out.write(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .toUpperCase()
                    .getBytes());
        }
    }

    @Test
    void streamHandlerSeesTheBytesAndItsBytesAreTheAnswer() {
        functions.register("f", new Upper());

        assertThat(answer("f", "not json")).isEqualTo("NOT JSON");
    }

    public record Order(String id, int amount, List<String> tags) {}

    static final class Bill implements RequestHandler<Order, Map<String, Object>> {
        @Override
        public Map<String, Object> handleRequest(Order order, Context context) {
            return Map.of("text", order.id() + order.amount() + order.tags());
        }
    }

    @Test
    void typedHandlerGetsAnObjectOfItsInputType() {
        functions.register("f", new Bill());

        assertThat(answer("f", "{\"id\":\"a\",\"amount\":2,\"tags\":[\"x\"],\"unknown\":{}}"))
                .isEqualTo("{\"text\":\"a2[x]\"}");
    }

    @Test
    void memberNamesAreComparedWithTheirCase() {
        functions.register("f", new Bill());

        assertThat(answer("f", "{\"ID\":\"a\",\"Amount\":2,\"tags\":\"single\"}"))
                .isEqualTo("{\"text\":\"null0[single]\"}");
    }

    abstract static class Base<A, B> implements RequestHandler<B, A> {}

    static final class Inherited extends Base<Integer, Order> {
        @Override
        public Integer handleRequest(Order order, Context context) {
            return order.amount() + 1;
        }
    }

    @Test
    void inputTypeIsFoundThroughSuperclasses() {
        functions.register("f", new Inherited());

        assertThat(answer("f", "{\"amount\":41}")).isEqualTo("42");
    }

    static final class Words implements RequestHandler<String, String> {
        @Override
        public String handleRequest(String text, Context context) {
            return text == null ? null : text + "!";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"\"hi\" | \"hi!\"", "null | null"})
    void stringsAreJsonStrings(String event, String expected) {
        functions.register("f", new Words());

        assertThat(answer("f", event)).isEqualTo(expected);
    }

    static final class Tree implements RequestHandler<JsonNode, JsonNode> {
        @Override
        public JsonNode handleRequest(JsonNode event, Context context) {
            return event.path("a");
        }
    }

    @Test
    void treesPassThroughAndAnEmptyEventIsAnEmptyObject() {
        functions.register("f", new Tree());

        assertThat(answer("f", "{\"a\":[1,2]}")).isEqualTo("[1,2]");
        assertThat(answer("f", "")).isEqualTo("null");
    }

    static final class Proxy implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
        @Override
        public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent event, Context context) {
            return new APIGatewayProxyResponseEvent()
                    .withStatusCode(201)
                    .withIsBase64Encoded(event.getIsBase64Encoded())
                    .withHeaders(Map.of(
                            "X-Ip", event.getRequestContext().getIdentity().getSourceIp()))
                    .withBody(event.getPathParameters().get("id"));
        }
    }

    @Test
    void eventClassesOfAmazonWork() throws Exception {
        functions.register("f", new Proxy());

        String answer = answer(
                "f",
                "{\"isBase64Encoded\":true,\"pathParameters\":{\"id\":\"7\"},"
                        + "\"requestContext\":{\"extendedRequestId\":\"x\",\"identity\":{\"sourceIp\":\"10.0.0.1\"}}}");

        assertThat(MAPPER.readTree(answer))
                .isEqualTo(
                        MAPPER.readTree(
                                "{\"statusCode\":201,\"headers\":{\"X-Ip\":\"10.0.0.1\"},\"body\":\"7\",\"isBase64Encoded\":true}"));
    }

    @Test
    void functionOfOurOwnKindNeedsNothingOfAmazon() {
        LambdaFunction echo = (payload, context) -> payload;
        functions.register("f", echo);

        assertThat(answer("f", "[1]")).isEqualTo("[1]");
    }

    @Test
    void supplierIsAskedAtEachCall() {
        List<Words> made = new ArrayList<>();
        functions.register(
                "f",
                () -> {
                    made.add(new Words());
                    return made.get(made.size() - 1);
                },
                Words.class);

        answer("f", "\"a\"");
        answer("f", "\"b\"");

        assertThat(made).hasSize(2);
    }

    @SuppressWarnings("rawtypes")
    static final class Raw implements RequestHandler {
        @Override
        public Object handleRequest(Object event, Context context) {
            return event;
        }
    }

    abstract static class Both implements RequestStreamHandler, RequestHandler<String, String> {}

    @Test
    void classThatIsNoHandlerIsRefusedAtRegistration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> functions.register("f", "text"))
                .withMessage(
                        "java.lang.String is neither a LambdaFunction nor a StreamingFunction nor a RequestHandler nor a"
                                + " RequestStreamHandler");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> functions.register("f", new Raw()))
                .withMessageStartingWith("input type of " + Raw.class.getName() + " cannot be told");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> functions.register("f", () -> null, Both.class))
                .withMessageStartingWith(Both.class.getName() + " is both");
        assertThatIllegalArgumentException().isThrownBy(() -> functions.register("a b", new Words()));
    }

    // Names

    @ParameterizedTest
    @CsvSource({
        "f, general",
        "f:other, general",
        "f:live, live",
        "arn:aws:lambda:us-east-1:123456789012:function:f, general",
        "arn:aws:lambda:eu-west-1:999999999999:function:f, ireland",
        "arn:aws:lambda:eu-west-1:999999999999:function:f:live, live"
    })
    void mostPreciseRegistrationServesTheCall(String called, String expected) {
        functions.register("f", constant("general"));
        functions.register("f:live", constant("live"));
        functions.register("arn:aws:lambda:eu-west-1:999999999999:function:f", constant("ireland"));

        assertThat(answer(called, "")).isEqualTo(expected);
    }

    @Test
    void registrationOfOneAccountOrAliasDoesNotServeAnother() {
        functions.register("arn:aws:lambda:eu-west-1:999999999999:function:f:live", constant("x"));

        assertThat(functions.knows(FunctionName.parse("arn:aws:lambda:eu-west-1:999999999999:function:f:live")))
                .isTrue();
        assertThat(functions.knows(FunctionName.parse("f:live"))).isFalse();
        assertThat(functions.knows(FunctionName.parse("f"))).isFalse();
        assertThat(functions.knows(FunctionName.parse("f:dev"))).isFalse();
        assertThat(functions.knows(FunctionName.parse("123456789012:function:f:live")))
                .isFalse();
        assertThat(functions.knows(FunctionName.parse("arn:aws:lambda:us-east-1:999999999999:function:f:live")))
                .isFalse();
    }

    @Test
    void sameNameTwiceIsRefused() {
        functions.register("f", constant("a"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> functions.register("f", constant("b")))
                .withMessage("function f is registered already");
    }

    @Test
    void unknownFunctionIsNotFound() {
        assertThat(failure("nobody").reason()).isEqualTo(Reason.NOT_FOUND);
    }

    // What a function is told

    static final class Facts implements RequestHandler<Object, List<Object>> {
        @Override
        public List<Object> handleRequest(Object event, Context context) {
            context.getLogger().log("hello");
            return List.of(
                    context.getAwsRequestId(),
                    context.getFunctionName(),
                    context.getFunctionVersion(),
                    context.getInvokedFunctionArn(),
                    context.getMemoryLimitInMB(),
                    context.getRemainingTimeInMillis(),
                    context.getRemainingTimeInMillis(),
                    context.getLogGroupName(),
                    String.valueOf(context.getIdentity().getIdentityId()),
                    String.valueOf(context.getClientContext()));
        }
    }

    @Test
    void contextTellsOfTheCall() {
        times.addAll(List.of(NOON.plusMillis(1500), NOON.plusSeconds(60)));
        functions.register("f", new Facts());

        assertThat(answer("f:7", ""))
                .isEqualTo(
                        "[\"id-1\",\"f\",\"7\",\"arn:aws:lambda:eu-central-1:123456789012:function:f:7\",512,18500,0,"
                                + "\"/aws/lambda/f\",\"null\",\"null\"]");
    }

    static final class Mobile implements RequestHandler<Object, String> {
        @Override
        public String handleRequest(Object event, Context context) {
            return context.getClientContext().getCustom()
                    + context.getClientContext().getClient().getAppTitle();
        }
    }

    @Test
    void clientContextIsRead() throws Exception {
        functions.register("f", new Mobile());
        String context = Base64.getEncoder()
                .encodeToString("{\"custom\":{\"a\":\"b\"},\"client\":{\"app_title\":\"t\"}}".getBytes());

        assertThat(text(functions.invoke(new LambdaCall(
                        FunctionName.parse("f"), new byte[0], InvocationType.REQUEST_RESPONSE, LONG, context))))
                .isEqualTo("\"{a=b}t\"");
    }

    // Errors

    static final class Broken implements RequestHandler<Map<String, String>, String> {
        @Override
        public String handleRequest(Map<String, String> event, Context context) {
            throw new IllegalStateException(event.get("message"));
        }
    }

    @Test
    void exceptionBecomesTheErrorDocumentOfTheJavaRuntime() throws Exception {
        functions.register("f", new Broken());

        LambdaResult result = result("f", "{\"message\":\"no \\\"luck\\\"\"}");

        JsonNode document = MAPPER.readTree(result.payload());
        assertThat(result.functionError()).isEqualTo("Unhandled");
        assertThat(document.properties().stream().map(Map.Entry::getKey))
                .containsExactly("errorMessage", "errorType", "stackTrace");
        assertThat(document.path("errorMessage").asText()).isEqualTo("no \"luck\"");
        assertThat(document.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(document.path("stackTrace"))
                .isNotEmpty()
                .allSatisfy(frame -> assertThat(frame.asText())
                        .startsWith(Broken.class.getName() + ".handleRequest(InProcessFunctionsTest.java:"));
    }

    @Test
    void exceptionWithoutMessageHasNoErrorMessage() throws Exception {
        functions.register("f", new Broken());

        assertThat(MAPPER.readTree(result("f", "{}").payload()).has("errorMessage"))
                .isFalse();
    }

    @Test
    void evenAnErrorEndsOnlyItsCall() throws Exception {
        LambdaFunction dies = (payload, context) -> {
            throw new StackOverflowError();
        };
        functions.register("f", dies);

        assertThat(MAPPER.readTree(result("f", "").payload()).path("errorType").asText())
                .isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void eventThatDoesNotFitTheInputTypeIsAFunctionError() throws Exception {
        functions.register("f", new Bill());

        LambdaResult result = result("f", "{\"amount\":{}}");

        assertThat(result.failed()).isTrue();
        assertThat(MAPPER.readTree(result.payload()).path("errorMessage").asText())
                .startsWith("An error occurred during JSON parsing");
    }

    @Test
    void supplierThatFailsIsAFunctionError() {
        functions.register(
                "f",
                () -> {
                    throw new IllegalStateException("no bean");
                },
                Words.class);

        assertThat(new String(result("f", "").payload(), StandardCharsets.UTF_8))
                .contains("no bean");
    }

    @Test
    void answerOverTheLimitIsAFunctionError() {
        LambdaFunction huge = (payload, context) -> new byte[6 * 1024 * 1024 + 101];
        functions.register("f", huge);

        assertThat(new String(result("f", "").payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"errorMessage\":\"Response payload size exceeded maximum allowed payload size (6291556"
                        + " bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}");
    }

    @Test
    void eventOverTheLimitIsRefused() {
        functions.register("f", constant("x"));

        CompletableFuture<LambdaResult> answer = functions
                .invoke(LambdaCall.of(FunctionName.parse("f"), new byte[6 * 1024 * 1024 + 1], LONG))
                .toCompletableFuture();

        assertThat(failure(answer).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    // Time and load

    @Test
    void callerIsAnsweredAtTheTimeoutAndTheFunctionIsInterrupted() throws Exception {
        CompletableFuture<String> fate = new CompletableFuture<>();
        functions.register("f", waiting(new CountDownLatch(1), fate));

        LambdaException failure = failure(invoke(functions, "f", Duration.ofMillis(50)));

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure).hasMessage("no answer from f after PT0.05S");
        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void functionThatIgnoresTheInterruptDoesNotHoldUpItsCaller() {
        CountDownLatch release = new CountDownLatch(1);
        functions.register("f", deaf(release));

        assertThat(failure(invoke(functions, "f", Duration.ofMillis(50))).reason())
                .isEqualTo(Reason.TIMEOUT);
        release.countDown();
    }

    @Test
    void functionThatExceedsItsOwnTimeoutIsAFunctionError() {
        InProcessFunctions brief =
                start(threads, new Settings("eu-central-1", "123456789012", Duration.ofSeconds(1), 128));
        brief.register("f", waiting(new CountDownLatch(1), new CompletableFuture<>()));

        LambdaResult result = invoke(brief, "f", LONG).join();

        assertThat(result.functionError()).isEqualTo("Unhandled");
        assertThat(new String(result.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"errorMessage\":\"RequestId: id-1 Error: Task timed out after 1.00 seconds\","
                        + "\"errorType\":\"Sandbox.Timedout\"}");
    }

    @Test
    void callBeyondTheConcurrencyIsThrottled() throws Exception {
        try (FunctionThreads two = new FunctionThreads(2)) {
            InProcessFunctions narrow = start(two, Settings.of("eu-central-1", "123456789012"));
            CountDownLatch release = new CountDownLatch(1);
            narrow.register("f", waiting(release, new CompletableFuture<>()));
            CompletableFuture<LambdaResult> first = invoke(narrow, "f", LONG);
            CompletableFuture<LambdaResult> second = invoke(narrow, "f", LONG);

            assertThat(failure(invoke(narrow, "f", LONG)).reason()).isEqualTo(Reason.THROTTLED);

            release.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS).failed()).isFalse();
            assertThat(second.get(20, TimeUnit.SECONDS).failed()).isFalse();
        }
    }

    @Test
    void eventIsAcceptedAtOnceAndRunsOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> fate = new CompletableFuture<>();
        functions.register("f", waiting(release, fate));

        LambdaResult accepted = functions
                .invoke(new LambdaCall(
                        FunctionName.parse("f"), new byte[0], InvocationType.EVENT, Duration.ofMillis(1), null))
                .toCompletableFuture()
                .join();

        assertThat(accepted.payload()).isEmpty();
        assertThat(fate).isNotDone();
        release.countDown();
        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("released");
    }

    @Test
    void interruptOfAFunctionDoesNotReachWhatFollows() throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        LambdaFunction interruptsItself = (payload, context) -> {
            attached.await();
            Thread.currentThread().interrupt();
            return payload;
        };
        functions.register("f", interruptsItself);

        CompletableFuture<Boolean> interrupted = invoke(functions, "f", LONG)
                .thenApply(result -> Thread.currentThread().isInterrupted());
        attached.countDown();

        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void functionRunsWithTheLoaderOfItsClassAndOnADaemonThread() {
        LambdaFunction looks = (payload, context) -> {
            Thread thread = Thread.currentThread();
            boolean own = thread.getContextClassLoader() == InProcessFunctionsTest.class.getClassLoader();
            return (thread.getName() + thread.isDaemon() + own).getBytes(StandardCharsets.UTF_8);
        };
        functions.register("f", looks);

        assertThat(answer("f", "")).isEqualTo("gatehouse-lambdatruetrue");
    }

    @Test
    void closedThreadsRunNothing() {
        functions.register("f", constant("x"));
        threads.close();

        assertThat(failure("f").reason()).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void callUnderWayIsAnsweredWhenThreadsCloseAlthoughItsFunctionIsDeaf() {
        CountDownLatch release = new CountDownLatch(1);
        functions.register("f", deaf(release));
        CompletableFuture<LambdaResult> underWay = invoke(functions, "f", LONG);

        threads.close();

        assertThat(underWay).isCompletedExceptionally();
        assertThat(failure(underWay).reason()).isEqualTo(Reason.FAILED);
        release.countDown();
    }

    private InProcessFunctions start(FunctionThreads threads, Settings settings) {
        int[] count = {0};
        return new InProcessFunctions(
                settings, threads, () -> times.size() > 1 ? times.remove(0) : times.get(0), () -> "id-" + ++count[0]);
    }

    private static LambdaFunction deaf(CountDownLatch release) {
        return (payload, context) -> {
            boolean released = false;
            while (!released) {
                try {
                    released = release.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    // Deaf.
                }
            }
            return payload;
        };
    }

    private static LambdaFunction constant(String answer) {
        return (payload, context) -> answer.getBytes(StandardCharsets.UTF_8);
    }

    private static LambdaFunction waiting(CountDownLatch release, CompletableFuture<String> fate) {
        return (payload, context) -> {
            try {
                release.await();
                fate.complete("released");
            } catch (InterruptedException e) {
                fate.complete("interrupted");
            }
            return payload;
        };
    }

    private String answer(String function, String event) {
        LambdaResult result = result(function, event);
        String text = new String(result.payload(), StandardCharsets.UTF_8);
        assertThat(result.failed()).as(text).isFalse();
        return text;
    }

    private LambdaResult result(String function, String event) {
        return functions
                .invoke(LambdaCall.of(FunctionName.parse(function), event.getBytes(StandardCharsets.UTF_8), LONG))
                .toCompletableFuture()
                .join();
    }

    private static CompletableFuture<LambdaResult> invoke(InProcessFunctions among, String function, Duration timeout) {
        return among.invoke(LambdaCall.of(FunctionName.parse(function), new byte[0], timeout))
                .toCompletableFuture();
    }

    private static String text(CompletionStage<LambdaResult> answer) {
        return new String(answer.toCompletableFuture().join().payload(), StandardCharsets.UTF_8);
    }

    private LambdaException failure(String function) {
        return failure(invoke(functions, function, LONG));
    }

    private static LambdaException failure(CompletableFuture<LambdaResult> answer) {
        Throwable thrown = catchThrowable(() -> answer.get(20, TimeUnit.SECONDS));
        assertThat(thrown).hasCauseInstanceOf(LambdaException.class);
        return (LambdaException) thrown.getCause();
    }
}
