package dev.gatehouse.engine.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.Verification.Kind;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4VerifierTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final String HOST = "api.example.com";
    private static final PlainSigner ALICE = PlainSigner.of("AKIDALICE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final PlainSigner VISITOR = new PlainSigner("ASIAVISITOR", "secret", "token/with+signs==");
    private static final Map<String, Key<String>> KEYS = Map.of(
            "AKIDALICE", Key.of(ALICE.secret(), "alice"),
            "ASIAVISITOR", new Key<>(List.of("secret"), "token/with+signs==", NOON.plusSeconds(3600), "visitor"),
            "ASIAGONE", new Key<>(List.of("secret"), "token", NOON, "gone"),
            "AKIDROTATING", new Key<>(List.of("new secret", "old secret"), null, null, "rotating"),
            "AKIDDISABLED", Key.disabled("disabled"));

    private final SigV4Verifier<String> verifier = verifierAt(NOON);

    @Test
    void headerFormIsVerified() {
        assertThat(verifier.verify(ALICE.header(get("/prod/pets", "b=2&a=1"), NOON)))
                .isEqualTo(new Verification.Verified<>(
                        "AKIDALICE", "alice", new SigningScope("20260203T120000Z", "eu-central-1", "execute-api")));
    }

    @Test
    void presignedFormIsVerified() {
        assertThat(answer(ALICE.presigned(get("/prod/pets", "b=2&a=1"), NOON, 60)))
                .isEqualTo("alice");
    }

    @Test
    void temporaryCredentialsAreVerifiedInBothForms() {
        assertThat(answer(VISITOR.header(get("/prod", null), NOON))).isEqualTo("visitor");
        assertThat(answer(VISITOR.presigned(get("/prod", null), NOON, 60))).isEqualTo("visitor");
    }

    @Test
    void unsignedSessionTokenIsAccepted() {
        SignedRequest signed = new PlainSigner("ASIAVISITOR", "secret", null).header(get("/prod", null), NOON);

        assertThat(answer(with(signed, "X-Amz-Security-Token", "token/with+signs==")))
                .isEqualTo("visitor");
    }

    @Test
    void parametersMayBeSeparatedByCommasWithoutSpaces() {
        SignedRequest signed = ALICE.header(get("/prod", null), NOON);
        String dense = signed.headers().first("Authorization").replace(", ", ",");

        assertThat(answer(with(signed, "Authorization", dense))).isEqualTo("alice");
    }

    @Test
    void dateHeaderServesWhereThereIsNoAmzDate() {
        SignedRequest signed = ALICE.header(get("/prod", null), NOON);
        Headers headers = signed.headers().toBuilder()
                .remove("X-Amz-Date")
                .add("Date", "Tue, 3 Feb 2026 12:00:00 GMT")
                .set("Authorization", ALICE.authorization(get("/prod", null), "host", NOON))
                .build();

        assertThat(answer(with(signed, headers))).isEqualTo("alice");
    }

    @Test
    void oldAndNewSecretOfOneKeyAreAccepted() {
        for (String secret : List.of("new secret", "old secret")) {
            assertThat(answer(PlainSigner.of("AKIDROTATING", secret).header(get("/", null), NOON)))
                    .isEqualTo("rotating");
        }
        assertThat(kind(PlainSigner.of("AKIDROTATING", "older secret").header(get("/", null), NOON)))
                .isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void changedSecretCountsAtOnce() {
        AtomicReference<Key<String>> current = new AtomicReference<>(Key.of("one", "alice"));
        SigV4Verifier<String> changing = new SigV4Verifier<>(
                id -> Optional.of(current.get()), () -> NOON, PlainSigner.REGION, PlainSigner.SERVICE);
        SignedRequest one = PlainSigner.of("AKIDALICE", "one").header(get("/", null), NOON);
        assertThat(changing.verify(one)).isInstanceOf(Verification.Verified.class);

        current.set(Key.of("two", "alice"));

        assertThat(changing.verify(one)).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void derivedKeyOfYesterdayIsNotTheOneOfToday() {
        for (int day = 0; day < 40; day++) {
            Instant when = NOON.plus(Duration.ofDays(day));
            Instant[] now = {when};
            assertThat(new SigV4Verifier<>(
                                    SigV4VerifierTest::find, () -> now[0], PlainSigner.REGION, PlainSigner.SERVICE)
                            .verify(ALICE.header(get("/", null), when)))
                    .isInstanceOf(Verification.Verified.class);
        }
    }

    // ---- path and query

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/prod//pets",
                "/prod/./pets",
                "/prod/../pets",
                "/prod/a%2Fb",
                "/prod/a%2fb",
                "/prod/%E2%82%AC",
                "/prod/a+b",
                "/prod/a;b=c",
                "/prod/(x)!*'",
                "/prod/%252F",
                "/prod/",
                "/prod/.well-known"
            })
    void pathIsAcceptedAsSent(String path) {
        assertThat(answer(ALICE.header(get(path, null), NOON))).isEqualTo("alice");
        assertThat(answer(ALICE.presigned(get(path, null), NOON, 60))).isEqualTo("alice");
    }

    @Test
    void pathIsAcceptedAsNormalised() {
        SignedRequest signed = ALICE.header(get("/prod/pets", null), NOON);

        assertThat(answer(target(signed, "/prod//./pets", null))).isEqualTo("alice");
        assertThat(kind(target(signed, "/prod/pets/", null))).isEqualTo(Kind.INVALID_SIGNATURE);
        assertThat(kind(target(signed, "/prod/%70ets", null))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2,         b=2&a=1",
        "a=&b=,           a&b",
        "x=a%20b,         x=a+b",
        "x=%C3%A4,        x=%c3%a4",
        "x=1&x=2,         x=2&x=1",
        "x=a-b,           x=a%2Db",
    })
    void spellingsOfOneQueryShareASignature(String signedFor, String sent) {
        SignedRequest signed = ALICE.header(get("/prod", signedFor), NOON);

        assertThat(answer(target(signed, "/prod", sent))).isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource({"x=a%2Bb, x=a+b", "x=a%2Fb, x=a%252Fb", "a=1&a=2, a=1", "a=1, a=1&b=", "a=1, A=1", "a=1%26b=2, a=1&b=2"
    })
    void queriesThatMeanOtherThingsDoNot(String signedFor, String sent) {
        SignedRequest signed = ALICE.header(get("/prod", signedFor), NOON);

        assertThat(kind(target(signed, "/prod", sent))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void thousandsOfParametersInTheWorstOrderAreSorted() {
        String query = IntStream.range(0, 5_000)
                .mapToObj(i -> "p%04d=".formatted(9_999 - i))
                .collect(Collectors.joining("&"));

        assertThat(answer(ALICE.header(get("/prod", query), NOON))).isEqualTo("alice");
    }

    // ---- headers

    @Test
    void whiteSpaceInSignedHeadersIsFolded() {
        SignedRequest request = with(get("/prod", null), Headers.of("My-Header", "  a   b  ", "X-Two", "1"));
        SignedRequest signed = ALICE.header(request, NOON);

        assertThat(answer(with(signed, "My-Header", "a b"))).isEqualTo("alice");
        assertThat(kind(with(signed, "My-Header", "ab"))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void valuesOfOneHeaderKeepTheirOrder() {
        SignedRequest signed = ALICE.header(with(get("/prod", null), Headers.of("X-A", "1", "x-a", "2")), NOON);

        assertThat(answer(signed)).isEqualTo("alice");
        assertThat(answer(with(signed, "X-A", "1,2"))).isEqualTo("alice");
        assertThat(kind(with(signed, "X-A", "2,1"))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void headerAddedOnTheWayIsNotSpokenOf() {
        SignedRequest signed = ALICE.header(get("/prod", null), NOON);

        assertThat(answer(with(signed, "X-Forwarded-For", "192.0.2.1"))).isEqualTo("alice");
    }

    @Test
    void signedHeaderThatIsGoneCountsAsEmpty() {
        SignedRequest signed = ALICE.header(with(get("/prod", null), Headers.of("X-A", "1")), NOON);

        assertThat(message(
                        with(signed, signed.headers().toBuilder().remove("X-A").build())))
                .contains("\nx-a:\n");
    }

    @Test
    void hostIsTheOneThatTheClientCalled() {
        SignedRequest signed = ALICE.header(get("/prod", null), NOON);

        assertThat(kind(new SignedRequest("GET", "other.example.com", "/prod", null, signed.headers(), new byte[0])))
                .isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void hostMustBeSigned() {
        SignedRequest signed = with(
                get("/prod", null),
                Headers.of(
                        "X-Amz-Date",
                        "20260203T120000Z",
                        "Authorization",
                        ALICE.authorization(get("/prod", null), "x-amz-date", NOON)));

        assertThat(rejected(signed))
                .isEqualTo(
                        "INVALID_SIGNATURE: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "X-Amz-Date", "Host", "X-Amz-Security-Token", "X-Amz-Content-Sha256"})
    void headerThatDecidesMustNotBeThereTwice(String name) {
        SignedRequest signed = VISITOR.header(get("/prod", null), NOON);
        String value =
                signed.headers().first(name) == null ? "x" : signed.headers().first(name);
        Headers.Builder headers = signed.headers().toBuilder();
        while (headers.build().all(name).size() < 2) {
            headers.add(name.toLowerCase(Locale.ROOT), value);
        }

        assertThat(rejected(with(signed, headers.build())))
                .isEqualTo("INCOMPLETE_SIGNATURE: The header '" + name + "' must not be sent more than once.");
    }

    @Test
    void signedHeadersAreBounded() {
        String names = "host" + ";a".repeat(300);
        SignedRequest signed = with(get("/prod", null), "X-Amz-Date", "20260203T120000Z");

        assertThat(rejected(with(signed, "Authorization", ALICE.authorization(get("/prod", null), names, NOON))))
                .isEqualTo("INVALID_SIGNATURE: 'SignedHeaders' must not name more than 256 headers.");
    }

    // ---- body

    @Test
    void bodyIsPartOfTheSignature() {
        SignedRequest signed = ALICE.header(post("{\"a\":1}"), NOON);

        assertThat(answer(signed)).isEqualTo("alice");
        assertThat(kind(body(signed, "{\"a\":2}"))).isEqualTo(Kind.INVALID_SIGNATURE);
        assertThat(kind(body(signed, ""))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void declaredHashOfAnotherBodyIsNoUse() {
        String declared = SigningScope.sha256("original".getBytes(StandardCharsets.UTF_8));
        SignedRequest signed =
                ALICE.header(with(body(post(""), "original"), Headers.of("X-Amz-Content-Sha256", declared)), NOON);

        assertThat(answer(signed)).isEqualTo("alice");
        assertThat(kind(body(signed, "swapped"))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void unsignedPayloadIsForPresignedRequestsOnly() {
        SignedRequest presigned = ALICE.unsignedPayload().presigned(post("anything"), NOON, 60);
        SignedRequest header = ALICE.unsignedPayload()
                .header(with(post("anything"), Headers.of("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")), NOON);

        assertThat(answer(presigned)).isEqualTo("alice");
        assertThat(answer(body(presigned, "something else"))).isEqualTo("alice");
        assertThat(kind(header)).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "unsigned-payload",
                ""
            })
    void noOtherWordStandsForABody(String word) {
        PlainSigner signer = new PlainSigner(ALICE.accessKeyId(), ALICE.secret(), null, word);
        SignedRequest header = signer.header(with(post("anything"), Headers.of("X-Amz-Content-Sha256", word)), NOON);

        assertThat(kind(header)).isEqualTo(Kind.INVALID_SIGNATURE);
        assertThat(kind(signer.presigned(post("anything"), NOON, 60))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void presignedRequestMaySignItsBody() {
        SignedRequest presigned = ALICE.presigned(post("anything"), NOON, 60);

        assertThat(answer(presigned)).isEqualTo("alice");
        assertThat(kind(body(presigned, "something else"))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    // ---- time

    @ParameterizedTest
    @CsvSource({"-300, true", "300, true", "-301, false", "301, false"})
    void headerIsGoodFiveMinutesEitherWay(long seconds, boolean good) {
        SignedRequest signed = ALICE.header(get("/prod", null), NOON.plusSeconds(seconds));

        assertThat(verifier.verify(signed) instanceof Verification.Verified).isEqualTo(good);
    }

    @Test
    void expiredAndFutureSignaturesSayWhatWasCompared() {
        assertThat(rejected(ALICE.header(get("/", null), NOON.minusSeconds(301))))
                .isEqualTo("INVALID_SIGNATURE: Signature expired: 20260203T115459Z is now earlier than"
                        + " 20260203T115500Z (20260203T120000Z - 5 min.)");
        assertThat(rejected(ALICE.header(get("/", null), NOON.plusSeconds(301))))
                .isEqualTo("INVALID_SIGNATURE: Signature not yet current: 20260203T120501Z is still later than"
                        + " 20260203T120500Z (20260203T120000Z + 5 min.)");
        assertThat(rejected(ALICE.presigned(get("/", null), NOON.minusSeconds(91), 90)))
                .isEqualTo("INVALID_SIGNATURE: Signature expired: 20260203T115829Z is now earlier than"
                        + " 20260203T115830Z (20260203T120000Z - 90 sec.)");
    }

    @Test
    void presignedIsGoodAsLongAsItSays() {
        SignedRequest presigned = ALICE.presigned(get("/prod", null), NOON, 604_800);

        assertThat(verifierAt(NOON.plus(Duration.ofDays(7))).verify(presigned))
                .isInstanceOf(Verification.Verified.class);
        assertThat(verifierAt(NOON.plus(Duration.ofDays(7)).plusSeconds(1)).verify(presigned))
                .isInstanceOf(Verification.Rejected.class);
        assertThat(verifierAt(NOON.minusSeconds(301)).verify(presigned)).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    void parametersOfAPresignedRequestMayComeInAnyOrderAndNoneMayChange() {
        SignedRequest presigned = VISITOR.presigned(get("/prod", "b=2&a=1&X-Amz-Meta=m"), NOON, 60);
        List<String> parameters = new ArrayList<>(List.of(presigned.rawQuery().split("&")));
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            Collections.shuffle(parameters, random);
            assertThat(answer(target(presigned, "/prod", String.join("&", parameters))))
                    .isEqualTo("visitor");

            int which = random.nextInt(parameters.size());
            String changed = parameters.get(which);
            int at = changed.indexOf('=') + 1 + random.nextInt(changed.length() - changed.indexOf('=') - 1);
            char other = changed.charAt(at) == '0' ? '1' : '0';
            List<String> tampered = new ArrayList<>(parameters);
            tampered.set(which, changed.substring(0, at) + other + changed.substring(at + 1));
            assertThat(verifier.verify(target(presigned, "/prod", String.join("&", tampered))))
                    .as(changed + " changed at " + at)
                    .isInstanceOf(Verification.Rejected.class);

            tampered.remove(which);
            assertThat(verifier.verify(target(presigned, "/prod", String.join("&", tampered))))
                    .as("without " + changed)
                    .isInstanceOf(Verification.Rejected.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"604801", "0", "-1", "", "1e3", "99999999999999999999", " 60", "6\u0660"})
    void presignedExpiryIsAWholeNumberUpToAWeek(String expires) {
        assertThat(rejected(ALICE.presigned(get("/prod", null), NOON, expires)))
                .isEqualTo("INCOMPLETE_SIGNATURE: 'X-Amz-Expires' must be a whole number of seconds from 1 to 604800.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-03T12:00:00Z",
                "20260230T120000Z",
                "20260203T240000Z",
                "20260203T1200 0Z",
                "now",
                "",
                "99999999T999999Z"
            })
    void malformedDateIsRefused(String date) {
        SignedRequest signed = with(ALICE.header(get("/", null), NOON), "X-Amz-Date", date);

        assertThat(rejected(signed))
                .isEqualTo("INCOMPLETE_SIGNATURE: Date must be in ISO-8601 'basic format'. Got '" + date
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    @Test
    void replayWithinTheWindowIsAllowed() {
        SignedRequest signed = ALICE.header(get("/", null), NOON);

        assertThat(answer(signed)).isEqualTo("alice");
        assertThat(answer(signed)).isEqualTo("alice");
    }

    // ---- who

    @Test
    void unknownAccessKeyIsRefused() {
        assertThat(rejected(PlainSigner.of("AKIDMALLORY", "secret").header(get("/", null), NOON)))
                .isEqualTo("UNRECOGNIZED_CLIENT: The security token included in the request is invalid.");
        assertThat(rejected(PlainSigner.of("nobody", "nobody").header(get("/", null), NOON)))
                .isEqualTo("UNRECOGNIZED_CLIENT: The security token included in the request is invalid.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "nobody", "disabled"})
    void disabledAccessKeyIsRefusedAsIfItWereUnknown(String secret) {
        PlainSigner signer = PlainSigner.of("AKIDDISABLED", secret);

        assertThat(rejected(signer.header(get("/", null), NOON)))
                .isEqualTo("UNRECOGNIZED_CLIENT: The security token included in the request is invalid.");
        assertThat(rejected(signer.presigned(get("/", null), NOON, 60)))
                .isEqualTo("UNRECOGNIZED_CLIENT: The security token included in the request is invalid.");
    }

    @Test
    void sessionTokenMustBeTheOneOfTheKey() {
        for (String token : new String[] {null, "forged", ""}) {
            assertThat(kind(new PlainSigner("ASIAVISITOR", "secret", token).header(get("/", null), NOON)))
                    .isEqualTo(Kind.UNRECOGNIZED_CLIENT);
            assertThat(kind(new PlainSigner("ASIAVISITOR", "secret", token).presigned(get("/", null), NOON, 60)))
                    .isEqualTo(Kind.UNRECOGNIZED_CLIENT);
        }
    }

    @Test
    void longTermKeyComesWithoutSessionToken() {
        assertThat(kind(new PlainSigner("AKIDALICE", ALICE.secret(), "token").header(get("/", null), NOON)))
                .isEqualTo(Kind.UNRECOGNIZED_CLIENT);
    }

    @Test
    void expiredTokenIsRefused() {
        assertThat(rejected(new PlainSigner("ASIAGONE", "secret", "token").header(get("/", null), NOON)))
                .isEqualTo("EXPIRED_TOKEN: The security token included in the request is expired");
    }

    @Test
    void wrongSecretShowsWhatShouldHaveBeenSigned() {
        SignedRequest signed = PlainSigner.of("AKIDALICE", "wrong").header(get("/prod/a%20b", "b=2&a=1"), NOON);

        assertThat(rejected(signed))
                .isEqualTo("""
                        INVALID_SIGNATURE: The request signature we calculated does not match the signature you \
                        provided. Check your AWS Secret Access Key and signing method. Consult the service \
                        documentation for details.

                        The Canonical String for this request should have been
                        'GET
                        /prod/a%%2520b
                        a=1&b=2
                        host:api.example.com
                        x-amz-date:20260203T120000Z

                        host;x-amz-date
                        %s'

                        The String-to-Sign should have been
                        'AWS4-HMAC-SHA256
                        20260203T120000Z
                        20260203/eu-central-1/execute-api/aws4_request
                        a45d63f06d25f1b4fe40d64a54d6d9b4f34b7a6d0fa4bb3e2b4b1a4ba0c6d8a1'
                        """.formatted("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                        .replaceFirst("[0-9a-f]{64}'\n$", toSign(signed) + "'\n"));
    }

    // ---- scope and shape

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-east-1/execute-api/aws4_request|Credential should be scoped to a valid region. ",
                "eu-central-1/lambda/aws4_request" + "|Credential should be scoped to correct service: 'execute-api'. ",
                "eu-central-1/execute-api/aws5_request|Credential should be scoped with a valid terminator:"
                        + " 'aws4_request', not 'aws5_request'. ",
                "eu-central-1x/execute-apis/aws4_request|Credential should be scoped to a valid region."
                        + " Credential should be scoped to correct service: 'execute-api'. ",
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void scopeMustBeOurs(String scope, String message) {
        SignedRequest signed = ALICE.header(get("/", null), NOON);
        String authorization =
                signed.headers().first("Authorization").replace("eu-central-1/execute-api/aws4_request", scope);

        assertThat(rejected(with(signed, "Authorization", authorization))).isEqualTo("INVALID_SIGNATURE: " + message);
    }

    @Test
    void dateOfTheScopeMustBeTheDateOfTheRequest() {
        SignedRequest signed = ALICE.header(get("/", null), NOON);
        String authorization = signed.headers().first("Authorization").replace("/20260203/", "/20260202/");

        assertThat(rejected(with(signed, "Authorization", authorization)))
                .isEqualTo("INVALID_SIGNATURE: Date in Credential scope does not match YYYYMMDD from ISO-8601 version"
                        + " of date from HTTP: '20260202' != '20260203', from '20260203T120000Z'. ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a/b/c/d", "a/b/c/d/e/f", ""})
    void credentialHasFiveParts(String credential) {
        SignedRequest request = with(
                get("/", null),
                Headers.of(
                        "X-Amz-Date",
                        "20260203T120000Z",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=host, Signature=x"));

        assertThat(rejected(request))
                .isEqualTo("INCOMPLETE_SIGNATURE: Credential must have exactly 5 slash-delimited elements,"
                        + " e.g. keyid/date/region/service/term, got '" + credential + "'");
    }

    @Test
    void requestWithoutAnySignatureIsMissingIt() {
        assertThat(rejected(get("/", "a=1&X-Amz-Date=x")))
                .isEqualTo("MISSING_AUTHENTICATION_TOKEN: Missing Authentication Token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "eyJhbGciOi", "Authorization: AWS4-HMAC-SHA256 Credential=a", "Basic dXNlcg"})
    void headerThatIsNoListIsRefusedWithoutRepeatingIt(String header) {
        assertThat(rejected(with(get("/", null), "Authorization", header)))
                .startsWith("INCOMPLETE_SIGNATURE: Invalid key=value pair (missing equal-sign) in Authorization header"
                        + " (hashed with SHA-256 and encoded with Base64): '")
                .doesNotContain(header)
                .endsWith("='.");
    }

    @Test
    void missingPartsAreAllNamed() {
        assertThat(rejected(with(get("/", null), "Authorization", "Basic dXNlcjpwYXNz=")))
                .startsWith("INCOMPLETE_SIGNATURE: Authorization header requires 'Credential' parameter."
                        + " Authorization header requires 'Signature' parameter."
                        + " Authorization header requires 'SignedHeaders' parameter."
                        + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                        + " (Hashed with SHA-256 and encoded with Base64) Authorization=")
                .doesNotContain("dXNlcjpwYXNz");
        assertThat(rejected(get("/", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x")))
                .isEqualTo("INCOMPLETE_SIGNATURE: AWS query-string parameters must include 'X-Amz-Credential'."
                        + " AWS query-string parameters must include 'X-Amz-Signature'."
                        + " AWS query-string parameters must include 'X-Amz-SignedHeaders'."
                        + " AWS query-string parameters must include 'X-Amz-Expires'."
                        + " Re-examine the query-string parameters.");
    }

    @Test
    void otherAlgorithmsAreRefused() {
        SignedRequest signed = ALICE.header(get("/", null), NOON);
        String authorization =
                signed.headers().first("Authorization").replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256");

        assertThat(rejected(with(signed, "Authorization", authorization)))
                .isEqualTo("INCOMPLETE_SIGNATURE: Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.");
    }

    @Test
    void parameterGivenTwiceIsRefused() {
        SignedRequest header = ALICE.header(get("/", null), NOON);
        SignedRequest presigned = ALICE.presigned(get("/", null), NOON, 60);

        assertThat(rejected(with(header, "Authorization", header.headers().first("Authorization") + ", Signature=x")))
                .isEqualTo("INCOMPLETE_SIGNATURE: Authorization header has more than one 'Signature' parameter.");
        assertThat(rejected(target(presigned, "/", presigned.rawQuery() + "&X%2DAmz-Signature=x")))
                .isEqualTo(
                        "INCOMPLETE_SIGNATURE: The query parameter 'X-Amz-Signature' must not be sent more than once.");
    }

    @Test
    void oneRequestHasOneSignature() {
        SignedRequest presigned = ALICE.presigned(get("/", null), NOON, 60);

        assertThat(kind(with(presigned, "Authorization", "Bearer abc"))).isEqualTo(Kind.INCOMPLETE_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0000000000000000000000000000000000000000000000000000000000000000"})
    void signatureOfAnotherShapeIsAMismatch(String signature) {
        SignedRequest signed = ALICE.header(get("/", null), NOON);
        String authorization =
                signed.headers().first("Authorization").replaceFirst("Signature=.*", "Signature=" + signature);

        assertThat(kind(with(signed, "Authorization", authorization))).isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void upperCaseSignatureIsAMismatch() {
        SignedRequest signed = ALICE.header(get("/", null), NOON);
        String authorization = signed.headers().first("Authorization");
        String signature = authorization.substring(authorization.length() - 64);

        assertThat(kind(with(
                        signed, "Authorization", authorization.replace(signature, signature.toUpperCase(Locale.ROOT)))))
                .isEqualTo(Kind.INVALID_SIGNATURE);
    }

    @Test
    void kindsHaveTheNamesOfAws() {
        assertThat(Kind.values())
                .extracting(Kind::errorType)
                .containsExactly(
                        "MissingAuthenticationTokenException",
                        "IncompleteSignatureException",
                        "InvalidSignatureException",
                        "UnrecognizedClientException",
                        "ExpiredTokenException");
    }

    @Test
    void secretsNeverEndInText() {
        assertThat(KEYS.get("ASIAVISITOR").toString()).isEqualTo("Key[visitor]");
    }

    // ---- published

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|||5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "GET|/|Param2=value2&Param1=value1|"
                        + "|b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
                "GET|/|Param1=value1||a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
                "POST|/|||5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
                "POST|/||Param1=value1|ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            })
    void valuesOfThePublishedTestSuiteAreVerified(
            String method, String path, String query, String form, String signature) {
        Headers.Builder headers = Headers.builder();
        if (form != null) {
            headers.add("Content-Type", "application/x-www-form-urlencoded");
        }
        headers.add("X-Amz-Date", "20150830T123600Z")
                .add(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                                + (form == null ? "" : "content-type;") + "host;x-amz-date, Signature=" + signature);
        byte[] body = form == null ? new byte[0] : form.getBytes(StandardCharsets.UTF_8);

        assertThat(published("service")
                        .verify(new SignedRequest(method, "example.amazonaws.com", path, query, headers.build(), body)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void publishedExampleOfTheUserGuideIsVerified() {
        Headers headers = Headers.of(
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8",
                "X-Amz-Date",
                "20150830T123600Z",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");

        assertThat(published("iam")
                        .verify(new SignedRequest(
                                "GET",
                                "iam.amazonaws.com",
                                "/",
                                "Action=ListUsers&Version=2010-05-08",
                                headers,
                                new byte[0])))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void publishedPresignedExampleIsVerified() {
        SigV4Verifier<String> verifier = new SigV4Verifier<>(
                id -> Optional.of(Key.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "published")),
                () -> Instant.parse("2013-05-24T12:00:00Z"),
                "us-east-1",
                "s3");

        assertThat(verifier.verify(new SignedRequest(
                        "GET",
                        "examplebucket.s3.amazonaws.com",
                        "/test.txt",
                        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
                        Headers.EMPTY,
                        new byte[0])))
                .isInstanceOf(Verification.Verified.class);
    }

    private static SigV4Verifier<String> published(String service) {
        return new SigV4Verifier<>(
                id -> Optional.of(Key.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "published")),
                () -> Instant.parse("2015-08-30T12:36:00Z"),
                "us-east-1",
                service);
    }

    private static String toSign(SignedRequest request) {
        return SigningScope.sha256(
                PlainSigner.canonical(request, "host;x-amz-date", null, null).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Key<String>> find(String accessKeyId) {
        return Optional.ofNullable(KEYS.get(accessKeyId));
    }

    private static SigV4Verifier<String> verifierAt(Instant now) {
        return new SigV4Verifier<>(SigV4VerifierTest::find, () -> now, PlainSigner.REGION, PlainSigner.SERVICE);
    }

    private static SignedRequest get(String path, String query) {
        return new SignedRequest("GET", HOST, path, query, Headers.EMPTY, new byte[0]);
    }

    private static SignedRequest post(String body) {
        return body(new SignedRequest("POST", HOST, "/prod", null, Headers.EMPTY, new byte[0]), body);
    }

    private static SignedRequest body(SignedRequest request, String body) {
        return new SignedRequest(
                request.method(),
                request.host(),
                request.rawPath(),
                request.rawQuery(),
                request.headers(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static SignedRequest target(SignedRequest request, String path, String query) {
        return new SignedRequest(request.method(), request.host(), path, query, request.headers(), request.body());
    }

    private static SignedRequest with(SignedRequest request, Headers headers) {
        return new SignedRequest(
                request.method(), request.host(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    private static SignedRequest with(SignedRequest request, String name, String value) {
        return with(request, request.headers().with(name, value));
    }

    private String answer(SignedRequest request) {
        return verifier.verify(request).fold(Verification.Verified::principal, no -> no.kind() + ": " + no.message());
    }

    private String rejected(SignedRequest request) {
        return answer(request);
    }

    private Kind kind(SignedRequest request) {
        return verifier.verify(request).fold(yes -> null, Verification.Rejected::kind);
    }

    private String message(SignedRequest request) {
        return verifier.verify(request).fold(yes -> null, Verification.Rejected::message);
    }
}
