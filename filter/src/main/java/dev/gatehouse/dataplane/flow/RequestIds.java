package dev.gatehouse.dataplane.flow;

import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The identifiers that a call gets. They name calls, they do not protect them: any even source of bits will do. Thread-safe. */
public final class RequestIds {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern WHOLE_TRACE =
            Pattern.compile("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01](;.{0,256})?");
    private static final Pattern ROOT_ONLY =
            Pattern.compile("Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;Sampled=([01]))?(;.{0,256})?");
    private static final HexFormat HEX = HexFormat.of();

    private final LongSupplier random;

    /** @param random any 64 bits */
    public RequestIds(LongSupplier random) {
        this.random = random;
    }

    /**
     * {@code $context.requestId}: the one that the client asks for, if it is a UUID (API Gateway developer guide), else a new
     * one.
     */
    String requestId(String asked) {
        return asked != null && UUID_TEXT.matcher(asked).matches() ? asked : requestId();
    }

    /** A new {@code x-amzn-RequestId}. */
    public String requestId() {
        long high = random.getAsLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = random.getAsLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** {@code x-amz-apigw-id}: 15 characters and an equals sign. */
    public String extendedRequestId() {
        byte[] bits = new byte[11];
        long first = random.getAsLong();
        long second = random.getAsLong();
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (byte) ((i < 8 ? first : second) >>> 8 * (i % 8));
        }
        return Base64.getUrlEncoder().encodeToString(bits);
    }

    /** {@code X-Amzn-Trace-Id}: a whole one from the client passes, one with only a root gets a parent (recorded). */
    String traceId(String received, long epochMillis) {
        if (received == null) {
            return child(newRoot(epochMillis), "0");
        }
        if (WHOLE_TRACE.matcher(received).matches()) {
            return received;
        }
        Matcher root = ROOT_ONLY.matcher(received);
        if (!root.matches()) {
            return child(newRoot(epochMillis), "0");
        }
        return child(root.group(1), root.group(2) == null ? "0" : root.group(2));
    }

    private String newRoot(long epochMillis) {
        return "1-" + HEX.toHexDigits((int) (epochMillis / 1000)) + "-" + HEX.toHexDigits(random.getAsLong())
                + HEX.toHexDigits((int) random.getAsLong());
    }

    private String child(String root, String sampled) {
        return "Root=" + root + ";Parent=" + HEX.toHexDigits(random.getAsLong()) + ";Sampled=" + sampled;
    }
}
