package dev.gatehouse.engine.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import dev.gatehouse.http.BodyStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.zip.CRC32;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * What a function answers, out of the events that InvokeWithResponseStream wraps it in: chunks, and one that says how it ended. Holds
 * one event, whose checksums are proven before anything of it goes on. Source: Lambda API reference, InvokeWithResponseStream; AWS
 * event stream encoding.
 */
final class EventStream implements BodyStream {

    static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

    /** Lambda's chunks are much smaller; whoever stands for Lambda may answer by one event. */
    private static final int LONGEST = 10 * 1024 * 1024;

    /** Length of the event, length of its headers, checksum of both. */
    private static final int PRELUDE = 12;

    private static final int SHORTEST = PRELUDE + Integer.BYTES;
    private static final byte[] NOTHING = {};

    private final BodyStream events;
    private final Function<Throwable, LambdaException> unreachable;

    /** What has come and was not read yet lies between the two. */
    private byte[] held = NOTHING;

    private int start;
    private int end;
    private boolean over;

    /** @param bytes null at the end */
    private record Bit(byte[] bytes) {}

    /**
     * @param events as they come over the network
     * @param unreachable what a failure of the network means to whoever called
     */
    EventStream(BodyStream events, Function<Throwable, LambdaException> unreachable) {
        this.events = events;
        this.unreachable = unreachable;
    }

    @Override
    public CompletionStage<byte[]> next() {
        try {
            Bit bit = over ? new Bit(null) : read();
            CompletionStage<Bit> next =
                    bit == null ? BodyStream.until(events, this::took) : CompletableFuture.completedFuture(bit);
            return next.thenApply(Bit::bytes)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(broken(failure)));
        } catch (LambdaException e) {
            return CompletableFuture.failedFuture(broken(e));
        }
    }

    @Override
    public void cancel() {
        events.cancel();
    }

    private LambdaException broken(Throwable failure) {
        events.cancel();
        return unreachable.apply(failure);
    }

    private Bit took(byte[] bytes) {
        if (bytes == null) {
            throw new LambdaException(Reason.NETWORK, "Lambda's answer ends before it is complete");
        }
        append(bytes);
        return read();
    }

    /** In time that is proportional to what comes, however small the pieces are. */
    private void append(byte[] bytes) {
        int left = end - start;
        if (left == 0) {
            held = bytes;
            start = 0;
            end = bytes.length;
            return;
        }
        if (end + bytes.length > held.length) {
            byte[] room = new byte[2 * (left + bytes.length)];
            System.arraycopy(held, start, room, 0, left);
            held = room;
            start = 0;
            end = left;
        }
        System.arraycopy(bytes, 0, held, end, bytes.length);
        end += bytes.length;
    }

    /** @return null where no event is whole */
    private Bit read() {
        Message event = event();
        while (event != null) {
            Bit bit = bit(event);
            if (bit != null) {
                return bit;
            }
            event = event();
        }
        return null;
    }

    private Message event() {
        if (end - start < PRELUDE) {
            return null;
        }
        ByteBuffer here = ByteBuffer.wrap(held, start, end - start);
        int length = here.getInt(start);
        CRC32 checksum = new CRC32();
        checksum.update(held, start, PRELUDE - Integer.BYTES);
        if ((int) checksum.getValue() != here.getInt(start + PRELUDE - Integer.BYTES)) {
            throw malformed("its length has another checksum");
        }
        if (length < SHORTEST || length > LONGEST) {
            throw malformed("it has " + Integer.toUnsignedString(length) + " bytes");
        }
        if (here.remaining() < length) {
            return null;
        }
        start += length;
        try {
            return Message.decode(here);
        } catch (RuntimeException e) {
            throw malformed(e.getMessage());
        }
    }

    private static LambdaException malformed(String why) {
        return new LambdaException(Reason.NETWORK, "an event of Lambda's answer is malformed: " + why);
    }

    /** @return null where the event says nothing */
    private Bit bit(Message event) {
        if (!"event".equals(header(event, ":message-type"))) {
            String type = header(event, ":exception-type");
            String name = type == null ? header(event, ":error-code") : type;
            throw new LambdaException(
                    Reason.FAILED, "Lambda broke off its answer: " + LogLine.of(String.valueOf(name)));
        }
        String type = header(event, ":event-type");
        if ("InvokeComplete".equals(type)) {
            complete(event.getPayload());
            over = true;
            drain();
            return new Bit(null);
        }
        // what else there may be one day is not for us
        byte[] payload = "PayloadChunk".equals(type) ? event.getPayload() : NOTHING;
        return payload.length == 0 ? null : new Bit(payload);
    }

    private static String header(Message event, String name) {
        HeaderValue value = event.getHeaders().get(name);
        try {
            return value == null ? null : value.getString();
        } catch (RuntimeException e) {
            throw malformed(name + " is no text");
        }
    }

    private static void complete(byte[] document) {
        String code = null;
        String details = null;
        try (JsonParser parser = LambdaJson.FACTORY.createParser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("InvokeComplete is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (text && name.equals("ErrorCode")) {
                    code = parser.getText();
                } else if (text && name.equals("ErrorDetails")) {
                    details = parser.getText();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw malformed("InvokeComplete is no JSON");
        }
        if (code != null) {
            throw new LambdaException(
                    Reason.FUNCTION_FAILED, LogLine.of(code + (details == null ? "" : ": " + details)));
        }
    }

    /** The connection is free for another call when its answer has been read to the end, which is here. */
    private void drain() {
        if (start < end) {
            events.cancel();
            return;
        }
        held = NOTHING;
        events.next().whenComplete((bytes, failure) -> {
            if (bytes != null) {
                events.cancel();
            }
        });
    }
}
