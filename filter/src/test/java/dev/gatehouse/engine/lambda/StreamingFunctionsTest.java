package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.gatehouse.engine.lambda.InProcessFunctions.Settings;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.http.BodyStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions of this process that answer bit by bit. */
@Timeout(60)
class StreamingFunctionsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** What may wait between a function and a slow reader. */
    private static final int CAPACITY = 64 * 1024;

    private final FunctionThreads threads = new FunctionThreads();
    private final InProcessFunctions functions = new InProcessFunctions(
            Settings.of("eu-central-1", "123456789012"), threads, InstantSource.system(), () -> "id-1");

    @AfterEach
    void close() {
        threads.close();
    }

    // What streams

    static final class Echo implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            out.write(in.readAllBytes());
            out.write(context.getAwsRequestId().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void streamHandlerWritesTheStream() {
        functions.register("f", new Echo());

        assertThat(whole("f")).isEqualTo("{}id-1");
        assertThat(functions.streams(FunctionName.parse("f"))).isTrue();
    }

    @Test
    void functionOfOurOwnKindStreamsOrAnswersAtOnce() throws Exception {
        StreamingFunction function = (payload, answer, context) -> {
            answer.write('a');
            answer.write(new byte[] {'b', 'c'});
        };
        functions.register("f", function);

        assertThat(whole("f")).isEqualTo("abc");
        assertThat(functions.invoke(call("f", LONG)).toCompletableFuture().get().payload())
                .isEqualTo(new byte[] {'a', 'b', 'c'});
    }

    @Test
    void answerInOnePieceIsAShortStream() {
        LambdaFunction function = (payload, context) -> new byte[] {'a', 'b'};
        LambdaFunction nothing = (payload, context) -> null;
        functions.register("f", function);
        functions.register("g", nothing);

        assertThat(whole("f")).isEqualTo("ab");
        assertThat(whole("g")).isEmpty();
    }

    static final class Words implements RequestHandler<String, String> {
        @Override
        public String handleRequest(String text, Context context) {
            return "words";
        }
    }

    @Test
    void valueIsNoStream() {
        functions.register("f", new Words());

        assertThat(functions.streams(FunctionName.parse("f"))).isFalse();
        assertThat(functions.streams(FunctionName.parse("nobody"))).isFalse();
    }

    abstract static class Both implements LambdaFunction, StreamingFunction {}

    @Test
    void whichOneToCallMustNotBeOpen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> functions.register("f", () -> null, Both.class))
                .withMessageStartingWith(Both.class.getName() + " is both");
    }

    @Test
    void unknownFunctionIsNotFound() {
        LambdaException failure = (LambdaException) catchThrowable(() -> functions.stream(call("nobody", LONG), LONG)
                        .toCompletableFuture()
                        .get())
                .getCause();

        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
    }

    // As it comes, and no faster

    @Test
    void whatIsWrittenLeavesWithoutAFlush() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        register((payload, answer, context) -> {
            answer.write("first".getBytes(StandardCharsets.UTF_8));
            goOn.await();
            answer.write("second".getBytes(StandardCharsets.UTF_8));
        });
        BodyStream stream = stream();

        assertThat(text(stream)).isEqualTo("first");
        goOn.countDown();
        assertThat(text(stream)).isEqualTo("second");
        assertThat(next(stream)).isNull();
        assertThat(next(stream)).isNull();
    }

    @Test
    void functionWaitsForASlowReader() throws Exception {
        AtomicLong written = new AtomicLong();
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        byte[] piece = new byte[1000];
        register((payload, answer, context) -> {
            writer.complete(Thread.currentThread());
            for (int i = 0; i < 10_000; i++) {
                answer.write(piece);
                written.addAndGet(piece.length);
            }
        });
        BodyStream stream = stream();
        long taken = next(stream).length;
        awaitWaiting(writer.get(20, TimeUnit.SECONDS));

        assertThat(written.get()).isLessThanOrEqualTo(taken + CAPACITY);
        for (byte[] bytes = next(stream); bytes != null; bytes = next(stream)) {
            assertThat(bytes.length).isLessThanOrEqualTo(CAPACITY);
            taken += bytes.length;
            assertThat(written.get()).isLessThanOrEqualTo(taken + CAPACITY + 2L * piece.length);
        }
        assertThat(taken).isEqualTo(10_000_000);
    }

    @Test
    void aLargePieceIsHandedOverInSmallOnes() throws Exception {
        register((payload, answer, context) -> answer.write(new byte[1_000_000]));
        BodyStream stream = stream();

        int taken = 0;
        for (byte[] bytes = next(stream); bytes != null; bytes = next(stream)) {
            assertThat(bytes.length).isLessThanOrEqualTo(CAPACITY);
            taken += bytes.length;
        }
        assertThat(taken).isEqualTo(1_000_000);
    }

    private static void awaitWaiting(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(System.nanoTime()).as("time until the function waits").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    // How it ends

    @Test
    void errorEndsTheStreamWhereItHappens() throws Exception {
        register((payload, answer, context) -> {
            answer.write("half".getBytes(StandardCharsets.UTF_8));
            throw new IllegalStateException("it broke");
        });
        BodyStream stream = stream();

        assertThat(text(stream)).isEqualTo("half");
        LambdaException failure = failure(stream);
        assertThat(failure.reason()).isEqualTo(Reason.FUNCTION_FAILED);
        assertThat(failure.getMessage())
                .startsWith("Unhandled: {\"errorMessage\":\"it broke\",\"errorType\":\"java.lang");
    }

    @Test
    void functionsOwnTimeoutIsItsError() throws Exception {
        CompletableFuture<String> fate = new CompletableFuture<>();
        StreamingFunction function = waiting(fate);
        functions.register("f", () -> function, StreamingFunction.class, Duration.ofSeconds(1), 128);

        LambdaException failure = failure(stream());

        assertThat(failure.reason()).isEqualTo(Reason.FUNCTION_FAILED);
        assertThat(failure.getMessage()).contains("Task timed out after 1.00 seconds");
        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void callersTimeoutEndsTheStream() throws Exception {
        CompletableFuture<String> fate = new CompletableFuture<>();
        register(waiting(fate));

        LambdaException failure = failure(functions.stream(call("f", Duration.ofMillis(50)), LONG)
                .toCompletableFuture()
                .get()
                .payload());

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void silenceEndsTheStreamAndTheFunction() throws Exception {
        CompletableFuture<String> fate = new CompletableFuture<>();
        register(waiting(fate));

        LambdaException failure = failure(functions.stream(call("f", LONG), Duration.ofMillis(50))
                .toCompletableFuture()
                .get()
                .payload());

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure).hasMessage("the function was silent for PT0.05S");
        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void whoeverLeavesInterruptsTheFunction() throws Exception {
        CompletableFuture<String> fate = new CompletableFuture<>();
        register(waiting(fate));
        BodyStream stream = stream();
        CompletableFuture<byte[]> pending = stream.next().toCompletableFuture();

        stream.cancel();
        stream.cancel();

        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(pending).isCompletedExceptionally();
    }

    @Test
    void functionThatIsBlockedByASlowReaderIsFreedWhenItLeaves() throws Exception {
        CompletableFuture<Exception> fate = new CompletableFuture<>();
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        register((payload, answer, context) -> {
            writer.complete(Thread.currentThread());
            try {
                while (true) {
                    answer.write(new byte[1000]);
                }
            } catch (IOException e) {
                fate.complete(e);
            }
        });
        BodyStream stream = stream();
        awaitWaiting(writer.get(20, TimeUnit.SECONDS));

        stream.cancel();

        assertThat(fate.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsWrittenAfterTheEndIsRefused() throws Exception {
        CompletableFuture<OutputStream> kept = new CompletableFuture<>();
        register((payload, answer, context) -> kept.complete(answer));
        assertThat(next(stream())).isNull();

        assertThat(catchThrowable(() -> kept.get(20, TimeUnit.SECONDS).write(1)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InterruptedIOException.class);
    }

    @Test
    void stoppingTheThreadsEndsStreams() throws Exception {
        CompletableFuture<String> fate = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        register((payload, answer, context) -> {
            running.countDown();
            waiting(fate).call(payload, answer, context);
        });
        BodyStream stream = stream();
        running.await(20, TimeUnit.SECONDS);

        threads.close();

        assertThat(failure(stream).reason()).isEqualTo(Reason.FAILED);
        assertThat(fate.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void asManyStreamsAsThereAreThreadsAndNoMore() throws Exception {
        FunctionThreads one = new FunctionThreads(1);
        InProcessFunctions narrow = new InProcessFunctions(
                Settings.of("eu-central-1", "123456789012"), one, InstantSource.system(), () -> "id-1");
        StreamingFunction waiting = waiting(new CompletableFuture<>());
        narrow.register("f", waiting);
        try {
            narrow.stream(call("f", LONG), LONG).toCompletableFuture().get();

            assertThat(narrow.stream(call("f", LONG), LONG))
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            LambdaException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.THROTTLED));
        } finally {
            one.close();
        }
    }

    private static StreamingFunction waiting(CompletableFuture<String> fate) {
        return (payload, answer, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                fate.complete("interrupted");
            }
        };
    }

    private void register(StreamingFunction function) {
        functions.register("f", function);
    }

    private BodyStream stream() throws Exception {
        return functions.stream(call("f", LONG), LONG)
                .toCompletableFuture()
                .get()
                .payload();
    }

    private String whole(String name) {
        byte[] whole = functions.stream(call(name, LONG), LONG)
                .thenCompose(stream -> BodyStream.whole(stream.payload(), 1000))
                .toCompletableFuture()
                .join();
        return new String(whole, StandardCharsets.UTF_8);
    }

    private static LambdaCall call(String name, Duration timeout) {
        return LambdaCall.of(FunctionName.parse(name), new byte[0], timeout);
    }

    private static byte[] next(BodyStream stream) throws Exception {
        return stream.next().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String text(BodyStream stream) throws Exception {
        return new String(next(stream), StandardCharsets.UTF_8);
    }

    private static LambdaException failure(BodyStream stream) {
        return (LambdaException) catchThrowable(() -> next(stream)).getCause();
    }
}
