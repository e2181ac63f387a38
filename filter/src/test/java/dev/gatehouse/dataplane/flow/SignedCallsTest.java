package dev.gatehouse.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.compile.Reachable;
import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyRules;
import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Whatever Amazon's signer signs goes through the whole flow, and with one other bit nothing of it does. */
class SignedCallsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final AwsCredentialsIdentity ALICE = AwsCredentialsIdentity.create("AKIDALICE", "secret");
    private static final String DOCUMENT = """
            swagger: "2.0"
            info: {title: signed, version: "1"}
            securityDefinitions:
              sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
            paths:
              /{proxy+}:
                x-amazon-apigateway-any-method:
                  security: [{sigv4: []}]
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    passthroughBehavior: never
                    responses: {default: {statusCode: "200"}}
            """;

    private final AddressTable addresses = addresses();
    private final RestApiFlow flow = new RestApiFlow(
            new Arrival(new RequestIds(() -> 4711), InstantSource.fixed(NOW), () -> 0),
            PlanStep.UNCOUNTED,
            Backends.over(
                    request -> CompletableFuture.failedFuture(new AssertionError()),
                    call -> CompletableFuture.failedFuture(new AssertionError()),
                    call -> CompletableFuture.failedFuture(new AssertionError())));

    /** A request on the wire. */
    private record Wire(String method, String path, String query, Headers headers, byte[] body) {}

    @Property(tries = 3000)
    void whatTheAwsSdkSignsIsAccepted(@ForAll("wires") Wire wire, @ForAll boolean presigned) {
        assertThat(status(signed(wire, presigned))).isEqualTo(200);
    }

    @Property(tries = 3000)
    void oneOtherBitIsRefused(
            @ForAll("wires") Wire wire,
            @ForAll boolean presigned,
            @ForAll @IntRange(max = 4) int part,
            @ForAll int place,
            @ForAll @IntRange(max = 6) int bit) {
        Wire signed = signed(wire, presigned);

        Wire other = mutated(signed, part, place, bit);

        int status = status(other);
        if (status == 200) {
            assertThat(meaning(other)).isEqualTo(meaning(signed));
        } else {
            assertThat(status).isIn(403, 400);
        }
    }

    private static Wire mutated(Wire wire, int part, int place, int bit) {
        byte[] body = wire.body.clone();
        if (part == 0 && body.length > 0) {
            body[Math.floorMod(place, body.length)] ^= (byte) (1 << bit);
        }
        Headers.Builder headers = Headers.builder();
        int line = Math.floorMod(place, Math.max(1, wire.headers.size()));
        int[] next = {0};
        wire.headers.forEach((name, value) ->
                headers.add(name, part == 1 && next[0]++ == line ? flipped(value, place / 7, bit) : value));
        return new Wire(
                part == 2 ? flipped(wire.method, place, bit) : wire.method,
                part == 3 ? "/s/" + flipped(wire.path.substring(3), place, bit) : wire.path,
                part == 4 && wire.query != null ? flipped(wire.query, place, bit) : wire.query,
                headers.build(),
                body);
    }

    private static String flipped(String text, int place, int bit) {
        if (text.isEmpty()) {
            return text;
        }
        char[] chars = text.toCharArray();
        chars[Math.floorMod(place, chars.length)] ^= (char) (1 << bit);
        return new String(chars);
    }

    /** What two spellings of one request have in common. */
    private static List<Object> meaning(Wire wire) {
        List<Object> lines = new ArrayList<>();
        wire.headers.forEach((name, value) -> lines.add(name + ": "
                + (name.equals("Authorization") ? claims(value) : value.strip().replaceAll("\\s+", " "))));
        return List.of(
                wire.method, wire.path, escapes(wire.query), lines, new String(wire.body, StandardCharsets.ISO_8859_1));
    }

    private static String claims(String authorization) {
        String text = authorization.replaceAll("[\\x00-\\x20,]+", " ");
        int names = text.indexOf("SignedHeaders=");
        int signature = text.indexOf(" Signature=");
        return names < 0 || signature < names
                ? text
                : text.substring(0, names)
                        + text.substring(names, signature).toLowerCase(Locale.ROOT)
                        + text.substring(signature);
    }

    private static String escapes(String query) {
        return query == null
                ? ""
                : Pattern.compile("%..")
                        .matcher(query)
                        .replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT))
                        .replace("+", "%20");
    }

    private int status(Wire wire) {
        GatewayRequest request = new GatewayRequest(
                wire.method,
                "api.example.com",
                wire.path,
                wire.query,
                wire.headers,
                new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                Payload.of(wire.body),
                Downstream.NONE);
        return addresses
                .find(request.host(), request.path())
                .map(address -> flow.serve(request, address)
                        .toCompletableFuture()
                        .join()
                        .status())
                .orElse(403);
    }

    private static Wire signed(Wire wire, boolean presigned) {
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(wire.method))
                .uri(URI.create("https://api.example.com" + wire.path + (wire.query == null ? "" : "?" + wire.query)));
        wire.headers.forEach(http::appendHeader);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(ALICE)
                            .request(http.build())
                            .payload(() -> new ByteArrayInputStream(wire.body))
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
                    if (presigned) {
                        sign.putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(1));
                    }
                })
                .request();
        Headers.Builder headers = Headers.builder();
        signed.headers().forEach((name, values) -> {
            if (!name.equals("Host")) {
                values.forEach(value -> headers.add(name, value));
            }
        });
        return new Wire(
                wire.method,
                signed.encodedPath(),
                signed.encodedQueryParameters().orElse(null),
                headers.build(),
                wire.body);
    }

    @Provide
    Arbitrary<Wire> wires() {
        Arbitrary<String> paths = Arbitraries.of(
                        "a", "A-b_c.d~e", "%20", "%2F", "%2f", "%C3%A4", "a%2Bb", "a+b", "x:y@z", "$v1", "(x)", "*'!,")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> "/s/" + String.join("/", list));
        Arbitrary<String> words = Arbitraries.of(
                "a", "B", "a-b", "%20", "%2B", "a%3Db", "%C3%A4", "%c3%a4", "1/2", "x:y", "%3B", "?", "%26", "~*",
                "%25");
        Arbitrary<String> queries = Combinators.combine(words, words)
                .as((name, value) -> name + "=" + value)
                .list()
                .ofMaxSize(5)
                .map(list -> list.isEmpty() ? null : String.join("&", list));
        Arbitrary<Headers> headers = Combinators.combine(
                        Arbitraries.of("X-One", "X-Two", "Accept", "X-Amz-Meta"),
                        Arbitraries.of("plain", "  two  spaces ", "tab\there", "a,b , c", "\"q  q\"", "\u00e4\u00f6"))
                .as(List::of)
                .list()
                .ofMaxSize(4)
                .map(lines -> Headers.of(lines.stream().flatMap(List::stream).toArray(String[]::new)));
        return Combinators.combine(
                        Arbitraries.of("GET", "POST", "DELETE", "PATCH"),
                        paths,
                        queries,
                        headers,
                        Arbitraries.strings().ofMaxLength(20))
                .as((method, path, query, lines, body) ->
                        new Wire(method, path, query, lines, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static AddressTable addresses() {
        Policy everything = Policy.compile(
                        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                        PolicyRules.IDENTITY)
                .policy()
                .orElseThrow();
        Identity alice =
                Identity.of("AKIDALICE", PrincipalArn.of("arn:aws:iam::123456789012:user/alice"), List.of(everything));
        ApiDefinition definition = OpenApiImport.read(
                        DOCUMENT.getBytes(StandardCharsets.UTF_8),
                        "signed",
                        ImportOptions.of("apiid", "us-east-1", "123456789012", (kind, name) -> name))
                .fold(imported -> imported.definition(), rejected -> {
                    throw new AssertionError(rejected.toString());
                });
        Stage.Draft stage = Stage.draft();
        stage.stageName = "s";
        stage.deploymentId = "d";
        return TestCompilers.compiler(
                        Reachable.functions(function -> true),
                        IdentitySource.of(Map.of("AKIDALICE", Key.of("secret", alice))),
                        InstantSource.fixed(NOW))
                .compile("signed", definition, stage.build(), false)
                .fold(
                        compiled -> AddressTable.of(List.of(new AddressTable.Binding(compiled, "s", false))),
                        problems -> {
                            throw new AssertionError(problems.toString());
                        });
    }
}
