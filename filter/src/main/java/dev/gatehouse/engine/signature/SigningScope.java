package dev.gatehouse.engine.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where and when a signature is good: it is void on another day, in another region, for another service. Source: AWS Identity
 * and Access Management user guide, "Create a signed AWS API request", steps 3 to 5.
 *
 * @param timestamp such as {@code 20150830T123600Z}
 * @param region such as {@code eu-central-1}
 * @param service signing name, such as {@code execute-api}
 */
public record SigningScope(String timestamp, String region, String service) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static SigningScope of(Instant when, String region, String service) {
        return new SigningScope(TIMESTAMP.format(when), region, service);
    }

    /** Date, region, service and a fixed end, a slash between them. */
    String text() {
        return date() + "/" + region + "/" + service + "/aws4_request";
    }

    /** @return the signature of that request, in hexadecimal */
    String sign(CanonicalRequest request, String secretAccessKey) {
        String stringToSign = ALGORITHM + "\n" + timestamp + "\n" + text() + "\n" + sha256(utf8(request.text()));
        return HexFormat.of().formatHex(hmac(key(secretAccessKey), stringToSign));
    }

    /** @return the key that signs everything of this scope's day, region and service */
    byte[] key(String secretAccessKey) {
        byte[] key = hmac(utf8("AWS4" + secretAccessKey), date());
        key = hmac(key, region);
        key = hmac(key, service);
        return hmac(key, "aws4_request");
    }

    String date() {
        return timestamp.substring(0, 8);
    }

    /** @return in hexadecimal */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
