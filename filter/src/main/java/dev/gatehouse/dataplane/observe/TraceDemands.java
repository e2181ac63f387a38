package dev.gatehouse.dataplane.observe;

import dev.gatehouse.http.GatewayRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which requests demand a trace: those whose header {@value #HEADER} is signed with the key of the gateway, for this request and not long
 * ago. Thread-safe.
 *
 * <p>The header is {@code answer 1795341600 6d0e...}: a {@link TraceDelivery}, the time in seconds since 1970, and in hexadecimal digits the
 * HMAC-SHA256 of the lines {@code gatehouse-trace}, delivery, time, verb and target, with line feeds in between. The target is the path as the
 * client sent it, with its query.
 */
public final class TraceDemands {

    /** Of requests and, with the id of the trace, of answers. */
    public static final String HEADER = "x-gatehouse-trace";

    /** How far the client's clock may be ahead. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    private static final Pattern FORM = Pattern.compile("([a-z]{4,6}) ([0-9]{1,12}) ([0-9a-f]{64})");
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration validity;
    private final InstantSource clock;

    /**
     * @param key a secret
     * @param validity how old a signature may be
     */
    public TraceDemands(String key, Duration validity, InstantSource clock) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC);
        this.validity = validity;
        this.clock = clock;
    }

    /** @return null for every request without a valid demand, whatever is wrong with it */
    TraceDelivery of(GatewayRequest request) {
        List<String> lines = request.headers().all(HEADER);
        if (lines.size() != 1) {
            return null;
        }
        Matcher form = FORM.matcher(lines.get(0));
        if (!form.matches()) {
            return null;
        }
        TraceDelivery delivery = TraceDelivery.of(form.group(1));
        long age = clock.instant().getEpochSecond() - Long.parseLong(form.group(2));
        byte[] expected = hmac(text(form.group(1), form.group(2), request));
        boolean genuine = MessageDigest.isEqual(expected, HexFormat.of().parseHex(form.group(3)));
        return genuine && age <= validity.toSeconds() && age >= -AHEAD.toSeconds() ? delivery : null;
    }

    private static String text(String word, String time, GatewayRequest request) {
        String query = request.query() == null ? "" : "?" + request.query();
        return String.join(
                "\n",
                "gatehouse-trace",
                word,
                time,
                request.sent().method(),
                request.sent().path() + query);
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
