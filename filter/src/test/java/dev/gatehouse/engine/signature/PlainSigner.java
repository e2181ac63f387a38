package dev.gatehouse.engine.signature;

import dev.gatehouse.http.Headers;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as the scripts of the user guide and botocore do, step by step and slowly: paths as they are, only the headers that
 * matter.
 *
 * @param payloadHash null for the hash of the body
 */
record PlainSigner(String accessKeyId, String secret, String token, String payloadHash) {

    static final String REGION = "eu-central-1";
    static final String SERVICE = "execute-api";

    PlainSigner(String accessKeyId, String secret, String token) {
        this(accessKeyId, secret, token, null);
    }

    static PlainSigner of(String accessKeyId, String secret) {
        return new PlainSigner(accessKeyId, secret, null);
    }

    PlainSigner unsignedPayload() {
        return new PlainSigner(accessKeyId, secret, token, "UNSIGNED-PAYLOAD");
    }

    SignedRequest header(SignedRequest request, Instant when) {
        Headers.Builder headers = request.headers().toBuilder().add("X-Amz-Date", text(when));
        if (token != null) {
            headers.add("X-Amz-Security-Token", token);
        }
        SignedRequest dated = copy(request, request.rawQuery(), headers.build());
        TreeSet<String> names = new TreeSet<>(List.of("host"));
        dated.headers().forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
        headers.add("Authorization", authorization(dated, String.join(";", names), when));
        return copy(request, request.rawQuery(), headers.build());
    }

    String authorization(SignedRequest request, String signedHeaders, Instant when) {
        return "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/" + scope(when) + ", SignedHeaders=" + signedHeaders
                + ", Signature=" + signature(request, signedHeaders, when);
    }

    SignedRequest presigned(SignedRequest request, Instant when, int expires) {
        return presigned(request, when, Integer.toString(expires));
    }

    SignedRequest presigned(SignedRequest request, Instant when, String expires) {
        String query = (request.rawQuery() == null ? "" : request.rawQuery() + "&")
                + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + encode(accessKeyId + "/" + scope(when))
                + "&X-Amz-Date=" + text(when) + "&X-Amz-Expires=" + encode(expires) + "&X-Amz-SignedHeaders=host"
                + (token == null ? "" : "&X-Amz-Security-Token=" + encode(token));
        String signature = signature(copy(request, query, request.headers()), "host", when);
        return copy(request, query + "&X-Amz-Signature=" + signature, request.headers());
    }

    private String signature(SignedRequest request, String signedHeaders, Instant when) {
        String toSign = "AWS4-HMAC-SHA256\n" + text(when) + "\n" + scope(when) + "\n"
                + SigningScope.sha256(
                        canonical(request, signedHeaders, token, payloadHash).getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope(when).split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    static String canonical(SignedRequest request, String signedHeaders, String token, String payloadHash) {
        StringBuilder text = new StringBuilder(request.method()).append('\n');
        text.append(encode(request.rawPath()).replace("%2F", "/")).append('\n');
        text.append(query(request.rawQuery())).append('\n');
        for (String name : signedHeaders.split(";")) {
            List<String> values = name.equals("host")
                    ? List.of(request.host())
                    : request.headers().all(name);
            text.append(name)
                    .append(':')
                    .append(values.stream()
                            .map(value -> value.strip().replaceAll("\\s+", " "))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        text.append('\n').append(signedHeaders).append('\n');
        return text.append(payloadHash == null ? SigningScope.sha256(request.body()) : payloadHash)
                .toString();
    }

    private static String query(String raw) {
        if (raw == null) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (String pair : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            pairs.add(encode(URLDecoder.decode(parts[0], StandardCharsets.UTF_8)) + "\0"
                    + (parts.length < 2 ? "" : encode(URLDecoder.decode(parts[1], StandardCharsets.UTF_8))));
        }
        return pairs.stream().sorted().collect(Collectors.joining("&")).replace('\0', '=');
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String scope(Instant when) {
        return text(when).substring(0, 8) + "/" + REGION + "/" + SERVICE + "/aws4_request";
    }

    private static String text(Instant when) {
        return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(when);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignedRequest copy(SignedRequest request, String query, Headers headers) {
        return new SignedRequest(request.method(), request.host(), request.rawPath(), query, headers, request.body());
    }
}
