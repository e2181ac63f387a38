package ${package};

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the API asks its callers for, added to every request. Immutable and thread-safe.
 *
 * <pre>
 * ApiClient transport = new ApiClient();
 * transport.setRequestInterceptor(new GatewayCredentials().apiKey("...").iam(accessKeyId, secretAccessKey, null, "eu-west-1"));
 * </pre>
 */
public final class GatewayCredentials implements Consumer<HttpRequest.Builder> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<String, String> headers;
    private final String accessKeyId;
    private final String secretAccessKey;
    private final String region;
    private final Clock clock;

    /** Nothing yet. */
    public GatewayCredentials() {
        this(Map.of(), null, null, null, Clock.systemUTC());
    }

    private GatewayCredentials(
            Map<String, String> headers, String accessKeyId, String secretAccessKey, String region, Clock clock) {
        this.headers = headers;
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.region = region;
        this.clock = clock;
    }

    /** The key of a usage plan. */
    public GatewayCredentials apiKey(String value) {
        return header("x-api-key", value);
    }

    /** Any header, such as the token that an authorizer looks at. */
    public GatewayCredentials header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new GatewayCredentials(more, accessKeyId, secretAccessKey, region, clock);
    }

    /** Signs every request with AWS Signature Version 4. @param sessionToken null for credentials that stay */
    public GatewayCredentials iam(String accessKeyId, String secretAccessKey, String sessionToken, String region) {
        GatewayCredentials with = sessionToken == null ? this : header("X-Amz-Security-Token", sessionToken);
        return new GatewayCredentials(with.headers, accessKeyId, secretAccessKey, region, clock);
    }

    @Override
    public void accept(HttpRequest.Builder request) {
        headers.forEach(request::setHeader);
        if (accessKeyId != null) {
            sign(request);
        }
    }

    private void sign(HttpRequest.Builder request) {
        String time = TIME.format(clock.instant());
        request.setHeader("X-Amz-Date", time);
        HttpRequest draft = request.copy().build();
        TreeMap<String, String> covered = new TreeMap<>();
        draft.headers().map().forEach((name, values) -> {
            List<String> trimmed = new ArrayList<>();
            values.forEach(value -> trimmed.add(value.trim().replaceAll(" +", " ")));
            covered.put(name.toLowerCase(Locale.ROOT), String.join(",", trimmed));
        });
        covered.put("host", host(draft.uri()));
        StringBuilder canonical = new StringBuilder(draft.method())
                .append('\n').append(path(draft.uri()))
                .append('\n').append(query(draft.uri()))
                .append('\n');
        covered.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", covered.keySet());
        try {
            canonical.append('\n').append(names).append('\n').append(sha256(body(draft)));
            String scope = time.substring(0, 8) + "/" + region + "/execute-api/aws4_request";
            byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
            for (String part : scope.split("/")) {
                key = hmac(key, part);
            }
            String text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                    + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
            request.setHeader(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/" + scope + ", SignedHeaders=" + names
                            + ", Signature=" + hex(hmac(key, text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    private static String host(URI uri) {
        boolean usual = uri.getPort() < 0 || uri.getPort() == (uri.getScheme().equalsIgnoreCase("https") ? 443 : 80);
        return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Encoded once more than on the wire. */
    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path.isEmpty() ? "/" : encode(path).replace("%2F", "/");
    }

    private static String query(URI uri) {
        List<String[]> pairs = new ArrayList<>();
        for (String pair : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            pairs.add(new String[] {recode(name), equals < 0 ? "" : recode(pair.substring(equals + 1))});
        }
        pairs.sort((one, other) -> one[0].equals(other[0]) ? one[1].compareTo(other[1]) : one[0].compareTo(other[0]));
        List<String> texts = new ArrayList<>();
        pairs.forEach(pair -> texts.add(pair[0] + "=" + pair[1]));
        return String.join("&", texts);
    }

    private static String recode(String text) {
        return encode(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static byte[] body(HttpRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(new Flow.Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                byte[] copy = new byte[part.remaining()];
                part.duplicate().get(copy);
                bytes.write(copy, 0, copy.length);
            }

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException("the body cannot be read", failure);
            }

            @Override
            public void onComplete() {}
        }));
        return bytes.toByteArray();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append(String.format("%02x", one));
        }
        return text.toString();
    }
}
