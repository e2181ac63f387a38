package dev.gatehouse.engine.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SigV4SignerTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final Credentials LONG_TERM =
            Credentials.of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final Credentials TEMPORARY = new Credentials("ASIAEXAMPLE", "secret", "token/with+signs==");

    private final SigV4Signer signer = new SigV4Signer(() -> NOON);

    @Property(tries = 600)
    void signatureEqualsTheOneOfTheAwsSdk(@ForAll("requests") BackendRequest request, @ForAll boolean temporary) {
        Credentials credentials = temporary ? TEMPORARY : LONG_TERM;

        Headers signed =
                signer.sign(request, credentials, "eu-central-1", "lambda").headers();

        assertThat(signed.first("Authorization"))
                .isEqualTo(authorizationOfTheSdk(request, credentials, "lambda", true));
    }

    @Property(tries = 300)
    void s3PathsAreSignedAsTheyAreSent(@ForAll("requests") BackendRequest request) {
        Headers signed = signer.sign(request, LONG_TERM, "us-east-1", "s3").headers();

        assertThat(signed.first("Authorization")).isEqualTo(authorizationOfTheSdk(request, LONG_TERM, "s3", false));
    }

    @Test
    void publishedVectorGetVanillaIsReproduced() {
        SigningScope scope = SigningScope.of(Instant.parse("2015-08-30T12:36:00Z"), "us-east-1", "service");
        CanonicalRequest request = CanonicalRequest.of(
                "GET",
                "/",
                null,
                Headers.of("X-Amz-Date", "20150830T123600Z", "Host", "example.amazonaws.com"),
                SigningScope.sha256(new byte[0]),
                PathRule.of("service"));

        assertThat(scope.sign(request, LONG_TERM.secretAccessKey()))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void parametersAreSortedByNameThenByValue() {
        assertThat(canonicalQuery("b=2&a=%7e&b=1&a-b=x&a")).isEqualTo("a=&a=~&a-b=x&b=1&b=2");
    }

    @Test
    void prefixOfANameSortsBeforeTheLongerNameWhateverItsValue() {
        assertThat(canonicalQuery("a1=0&a=z")).isEqualTo("a=z&a1=0");
    }

    @Test
    void bytesThatAreNoUtf8KeepTheirValue() {
        assertThat(canonicalQuery("x=%ff%fe")).isEqualTo("x=%FF%FE");
    }

    @Test
    void percentSignThatBeginsNoEscapeStandsForItself() {
        assertThat(canonicalQuery("x=100%&y=%zz")).isEqualTo("x=100%25&y=%25zz");
    }

    @Test
    void pathThatClimbsAboveTheRootStaysAtTheRoot() {
        assertThat(PathRule.of("lambda").canonical("/../../a/./b//c/")).isEqualTo("/a/b/c/");
        assertThat(PathRule.of("lambda").canonical("/a/..")).isEqualTo("/");
    }

    @Test
    void encodedPathIsEncodedAgainExceptForS3() {
        assertThat(PathRule.of("execute-api").canonical("/a%20b")).isEqualTo("/a%2520b");
        assertThat(PathRule.of("s3").canonical("/a%20b/../c")).isEqualTo("/a%20b/../c");
    }

    @Test
    void earlierSignatureIsReplaced() {
        BackendRequest request = request(
                URI.create("https://lambda.eu-central-1.amazonaws.com/"),
                Headers.of("authorization", "old", "x-amz-date", "old", "x-amz-security-token", "old"));

        Headers signed =
                signer.sign(request, LONG_TERM, "eu-central-1", "lambda").headers();

        assertThat(signed.all("Authorization"))
                .singleElement()
                .asString()
                .startsWith("AWS4-HMAC-SHA256 Credential=AKID");
        assertThat(signed.all("X-Amz-Date")).containsExactly("20260203T120000Z");
        assertThat(signed.contains("X-Amz-Security-Token")).isFalse();
    }

    @Test
    void givenHostHeaderIsTheOneThatIsSigned() {
        URI uri = URI.create("http://127.0.0.1:8080/");

        String plain = signature(request(uri, Headers.EMPTY));
        String same = signature(request(uri, Headers.of("Host", "127.0.0.1:8080")));
        String other = signature(request(uri, Headers.of("Host", "lambda.example")));

        assertThat(same).isEqualTo(plain);
        assertThat(other).isNotEqualTo(plain);
    }

    @Test
    void uriBeyondAsciiIsSentAsItIsSigned() {
        BackendRequest signed = signer.sign(
                request(URI.create("https://example.com/stra\u00dfe?q=\u00e4"), Headers.EMPTY),
                LONG_TERM,
                "eu-central-1",
                "execute-api");

        assertThat(signed.uri()).isEqualTo(URI.create("https://example.com/stra%C3%9Fe?q=%C3%A4"));
    }

    @Test
    void secretsNeverEndInText() {
        assertThat(TEMPORARY.toString()).isEqualTo("Credentials[ASIAEXAMPLE]");
    }

    @Provide
    Arbitrary<BackendRequest> requests() {
        Arbitrary<String> segments = Arbitraries.of(
                "",
                ".",
                "a",
                "A-b_c.d~e",
                "%20",
                "%2F",
                "%2f",
                "%C3%A4",
                "a%2Bb",
                "a+b",
                "x:y@z",
                "$v1;p=1",
                "(x)",
                "*'!,",
                "%25");
        Arbitrary<String> paths = segments.list().ofMaxSize(5).map(list -> "/" + String.join("/", list));
        Arbitrary<String> words = Arbitraries.of(
                "", "a", "B", "a-b", "%20", "%2B", "a%3Db", "%C3%A4", "%c3%a4", "1/2", "x:y", "(;)", "?", "%26", "~*",
                "Action");
        Arbitrary<String> names = words.filter(word -> !word.isEmpty());
        Arbitrary<String> pairs = Combinators.combine(names, words).as((name, value) -> name + "=" + value);
        Arbitrary<String> queries =
                Arbitraries.oneOf(pairs, names).list().ofMaxSize(6).map(list -> String.join("&", list));
        Arbitrary<String> headerNames = Arbitraries.of(
                "X-One", "x-one", "Content-Type", "User-Agent", "X-Amzn-Trace-Id", "Accept", "X-Forwarded-For", "A");
        Arbitrary<String> headerValues =
                Arbitraries.of("", "plain", "  two  spaces ", "tab\there", "a,b , c", "\"q  q\"", "\u00e4\u00f6");
        Arbitrary<Headers> headers = Combinators.combine(headerNames, headerValues)
                .as(List::of)
                .list()
                .ofMaxSize(5)
                .map(lines -> Headers.of(lines.stream().flatMap(List::stream).toArray(String[]::new)));
        Arbitrary<String> authorities = Arbitraries.of(
                "https://h.example", "http://h.example:80", "http://127.0.0.1:8081", "https://h.example:443");
        return Combinators.combine(
                        Arbitraries.of("GET", "POST", "DELETE"),
                        authorities,
                        paths,
                        queries,
                        headers,
                        Arbitraries.strings().ofMaxLength(20))
                .as((method, authority, path, query, lines, body) -> new BackendRequest(
                        method,
                        URI.create(authority + path + (query.isEmpty() ? "" : "?" + query)),
                        lines,
                        body.getBytes(StandardCharsets.UTF_8),
                        Duration.ofSeconds(1)));
    }

    private static String authorizationOfTheSdk(
            BackendRequest request, Credentials credentials, String service, boolean rewritePath) {
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(request.uri());
        request.headers().forEach(http::appendHeader);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity(credentials))
                        .request(http.build())
                        .payload(() -> new ByteArrayInputStream(request.body()))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, rewritePath ? "eu-central-1" : "us-east-1")
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, rewritePath)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, rewritePath)
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOON, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
    }

    private static AwsCredentialsIdentity identity(Credentials credentials) {
        return credentials.sessionToken() == null
                ? AwsCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretAccessKey())
                : AwsSessionCredentialsIdentity.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    private static String canonicalQuery(String raw) {
        return CanonicalRequest.of("GET", "/", raw, Headers.EMPTY, "", PathRule.AS_SENT)
                .text()
                .lines()
                .skip(2)
                .limit(1)
                .collect(Collectors.joining());
    }

    private String signature(BackendRequest request) {
        return signer.sign(request, LONG_TERM, "eu-central-1", "lambda")
                .headers()
                .first("Authorization");
    }

    private static BackendRequest request(URI uri, Headers headers) {
        return new BackendRequest("GET", uri, headers, new byte[0], Duration.ofSeconds(1));
    }
}
