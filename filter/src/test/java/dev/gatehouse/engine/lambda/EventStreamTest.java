package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BodyStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.HeaderValue;

class EventStreamTest {

    private boolean cancelled;

    @Test
    void chunksAreTheStreamAndCompletionIsItsEnd() {
        EventStream stream = over(bits(chunk("one"), chunk("two"), complete("{}")));

        assertThat(text(stream)).isEqualTo("one");
        assertThat(text(stream)).isEqualTo("two");
        assertThat(text(stream)).isNull();
        assertThat(text(stream)).isNull();
        assertThat(cancelled).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 11, 64, 1000})
    void eventsMayBeCutAnywhere(int length) {
        byte[] whole = joined(chunk("one"), chunk("x".repeat(300)), chunk("two"), complete("{\"LogResult\":\"bG9n\"}"));

        assertThat(whole(over(cut(whole, length)))).isEqualTo("one" + "x".repeat(300) + "two");
    }

    @Test
    void severalEventsMayComeAtOnce() {
        EventStream stream = over(bits(joined(chunk("one"), chunk("two"), complete("{}"))));

        assertThat(whole(stream)).isEqualTo("onetwo");
    }

    @Test
    void aHundredThousandSmallEventsNeedNoStack() {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            events.writeBytes(chunk(""));
        }
        events.writeBytes(chunk("at last"));

        assertThat(text(over(cut(events.toByteArray(), 50)))).isEqualTo("at last");
    }

    @Test
    @Timeout(20)
    void aLargeEventInSmallPiecesTakesNoLongerThanItsLength() {
        EventStream stream = over(cut(chunk("x".repeat(9 * 1024 * 1024)), 64));

        assertThat(text(stream)).hasSize(9 * 1024 * 1024);
    }

    @Test
    void eventsThatSayNothingAreSkipped() {
        EventStream stream = over(bits(
                StreamingLambda.encoded("initial-response", utf8("{}")),
                StreamingLambda.encoded("OfTheFuture", utf8("{}")),
                chunk(""),
                chunk("one"),
                complete("{}")));

        assertThat(whole(stream)).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ErrorCode\":\"Unhandled\"}",
                "{\"ErrorCode\":\"Unhandled\",\"ErrorDetails\":\"{\\\"a\\\": 1}\",\"LogResult\":null}",
                "{\"Other\":{\"ErrorDetails\":1},\"ErrorCode\":\"Unhandled\"}"
            })
    void functionThatFailedDidNotComeToItsEnd(String document) {
        EventStream stream = over(bits(chunk("half"), complete(document)));

        assertThat(text(stream)).isEqualTo("half");
        assertThat(failure(stream).reason()).isEqualTo(Reason.FUNCTION_FAILED);
        assertThat(cancelled).isTrue();
    }

    @Test
    void whyAFunctionFailedIsALineForTheLog() {
        String details = "\\n".repeat(10) + "x".repeat(1000);
        LambdaException failure =
                failure(over(bits(complete("{\"ErrorCode\":\"Unhandled\",\"ErrorDetails\":\"" + details + "\"}"))));

        assertThat(failure.getMessage()).startsWith("Unhandled:  xxx").hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "text"})
    void completionThatCannotBeReadIsNoEnd(String document) {
        assertThat(failure(over(bits(complete(document)))).reason()).isEqualTo(Reason.NETWORK);
    }

    @Test
    void lambdaItselfMayBreakOff() {
        byte[] exception = StreamingLambda.message(
                Map.of(
                        ":message-type",
                        HeaderValue.fromString("exception"),
                        ":exception-type",
                        HeaderValue.fromString("TooManyRequestsException")),
                utf8("{}"));
        byte[] error = StreamingLambda.message(
                Map.of(
                        ":message-type",
                        HeaderValue.fromString("error"),
                        ":error-code",
                        HeaderValue.fromString("InternalFailure")),
                utf8(""));

        assertThat(failure(over(bits(exception))))
                .hasMessage("Lambda broke off its answer: TooManyRequestsException")
                .extracting(LambdaException::reason)
                .isEqualTo(Reason.FAILED);
        assertThat(failure(over(bits(error)))).hasMessage("Lambda broke off its answer: InternalFailure");
    }

    @Test
    void anEndWithoutCompletionIsNone() {
        assertThat(failure(over(bits()))).hasMessage("Lambda's answer ends before it is complete");
        EventStream stream = over(bits(chunk("half")));
        assertThat(text(stream)).isEqualTo("half");
        assertThat(failure(stream).reason()).isEqualTo(Reason.NETWORK);
        assertThat(failure(over(bits(Arrays.copyOf(chunk("half"), 20)))).reason())
                .isEqualTo(Reason.NETWORK);
    }

    /** A cyclic redundancy check finds every single wrong bit. */
    @Test
    void noWrongBitGoesUnnoticed() {
        byte[] right = chunk("payload");
        for (int bit = 0; bit < right.length * 8; bit++) {
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);

            LambdaException failure = failure(over(bits(joined(wrong, complete("{}")))));

            assertThat(failure.reason()).as("bit %s", bit).isEqualTo(Reason.NETWORK);
            assertThat(failure.getMessage()).startsWith("an event of Lambda's answer is malformed: ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 10 * 1024 * 1024 + 1, Integer.MAX_VALUE, -1})
    void lengthIsBoundedBeforeAnythingIsHeld(int length) {
        ByteBuffer prelude = ByteBuffer.allocate(12).putInt(length).putInt(0);
        CRC32 checksum = new CRC32();
        checksum.update(prelude.array(), 0, 8);
        prelude.putInt((int) checksum.getValue());

        assertThat(failure(over(bits(prelude.array()))).getMessage()).contains("it has ");
    }

    @Test
    void headersThatAreNotTextAreRefused() {
        byte[] event = StreamingLambda.message(Map.of(":message-type", HeaderValue.fromInteger(1)), utf8(""));

        assertThat(failure(over(bits(event))).getMessage()).endsWith(":message-type is no text");
    }

    @Test
    void whatFollowsTheEndIsDropped() {
        assertThat(whole(over(bits(joined(complete("{}"), chunk("late")))))).isEmpty();
        assertThat(cancelled).isTrue();
        cancelled = false;
        assertThat(whole(over(bits(complete("{}"), chunk("late"))))).isEmpty();
        assertThat(cancelled).isTrue();
    }

    @Test
    void failureOfTheNetworkIsTold() {
        BodyStream broken = new BodyStream() {
            @Override
            public CompletionStage<byte[]> next() {
                return CompletableFuture.failedFuture(
                        new BackendException(BackendException.Reason.TIMEOUT, "too late"));
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };

        assertThat(failure(over(broken))).hasMessage("told: too late");
    }

    private static EventStream over(BodyStream events) {
        return new EventStream(events, failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof LambdaException known
                    ? known
                    : new LambdaException(Reason.NETWORK, "told: " + cause.getMessage());
        });
    }

    private static byte[] chunk(String payload) {
        return StreamingLambda.encoded("PayloadChunk", utf8(payload));
    }

    private static byte[] complete(String document) {
        return StreamingLambda.encoded("InvokeComplete", utf8(document));
    }

    private BodyStream bits(byte[]... bits) {
        return stream(List.of(bits).iterator());
    }

    private BodyStream cut(byte[] whole, int length) {
        List<byte[]> bits = new ArrayList<>();
        for (int from = 0; from < whole.length; from += length) {
            bits.add(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + length)));
        }
        return stream(bits.iterator());
    }

    private BodyStream stream(Iterator<byte[]> bits) {
        return new BodyStream() {
            @Override
            public CompletionStage<byte[]> next() {
                return CompletableFuture.completedFuture(bits.hasNext() ? bits.next() : null);
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static String whole(BodyStream stream) {
        return new String(
                BodyStream.whole(stream, 1_000_000).toCompletableFuture().join(), StandardCharsets.UTF_8);
    }

    private static String text(BodyStream stream) {
        byte[] bytes = stream.next().toCompletableFuture().join();
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static LambdaException failure(BodyStream stream) {
        return (LambdaException)
                catchThrowable(() -> stream.next().toCompletableFuture().get()).getCause();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
