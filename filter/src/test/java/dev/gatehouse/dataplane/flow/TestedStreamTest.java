package dev.gatehouse.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BodyStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TestedStreamTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private int asked;
    private boolean cancelled;

    @Test
    void aStreamThatEndsIsShownWhole() throws Exception {
        assertThat(taken(stream(time -> CompletableFuture.completedFuture(time < 3 ? new byte[100] : null)), LONG))
                .hasSize(300);
    }

    @Test
    void moreThanAMegabyteIsEnough() throws Exception {
        byte[] shown = taken(stream(time -> CompletableFuture.completedFuture(new byte[100 * 1024])), LONG);

        assertThat(shown).hasSize(11 * 100 * 1024);
        assertThat(asked).isEqualTo(11);
        assertThat(cancelled).isTrue();
    }

    @Test
    void whatHasComeWillDoAfterAWhile() throws Exception {
        byte[] shown = taken(
                stream(time -> time < 1 ? CompletableFuture.completedFuture(new byte[100]) : new CompletableFuture<>()),
                Duration.ofMillis(20));

        assertThat(shown).hasSize(100);
        assertThat(cancelled).isTrue();
    }

    @Test
    void ofAStreamThatBreaksOffIsShownWhatCame() throws Exception {
        byte[] shown = taken(
                stream(time -> time < 1
                        ? CompletableFuture.completedFuture(new byte[100])
                        : CompletableFuture.failedFuture(
                                new BackendException(BackendException.Reason.NETWORK, "gone"))),
                LONG);

        assertThat(shown).hasSize(100);
    }

    private static byte[] taken(BodyStream stream, Duration patience) throws Exception {
        return TestedStream.taken(stream, patience).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private BodyStream stream(IntFunction<CompletionStage<byte[]>> script) {
        return new BodyStream() {
            @Override
            public CompletionStage<byte[]> next() {
                return script.apply(asked++);
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
    }
}
