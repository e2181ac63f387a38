package dev.gatehouse.engine.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatehouse.engine.token.TokenVerification.Rejected;
import dev.gatehouse.engine.token.TokenVerification.Unverifiable;
import dev.gatehouse.engine.token.TokenVerification.Verified;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final long EPOCH = NOW.getEpochSecond();
    private static final TokenIssuer POOL =
            new TokenIssuer("https://pool.example", URI.create("https://pool.example/.well-known/jwks.json"));
    private static final String CLAIMS = claims("");

    private final KeyServer server = new KeyServer().publishing(Tokens.keySet());
    private Instant now = NOW;
    private Duration elapsed = Duration.ZERO;
    private final TokenVerifier verifier =
            new TokenVerifier(server, () -> now, () -> elapsed.toNanos(), KeySetSettings.DEFAULT);

    /** @param more members, each with a comma in front */
    private static String claims(String more) {
        return "{\"iss\":\"https://pool.example\",\"sub\":\"ada\",\"exp\":" + (EPOCH + 60) + more + "}";
    }

    private TokenVerification verify(String token) {
        return verifier.verify(token, List.of(POOL)).toCompletableFuture().join();
    }

    private void passes(Duration time) {
        now = now.plus(time);
        elapsed = elapsed.plus(time);
    }

    @Test
    void aSignedTokenOfATrustedIssuerTellsItsClaims() {
        TokenVerification verification = verify(Tokens.signed(claims(",\"cognito:groups\":[\"a\",\"b\"]")));

        assertThat(verification).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.issuer()).isEqualTo(POOL);
            assertThat(verified.claims().text("sub")).isEqualTo("ada");
            assertThat(verified.claims().asMap()).containsEntry("cognito:groups", List.of("a", "b"));
        });
        assertThat(server.requests).singleElement().satisfies(request -> {
            assertThat(request.uri()).isEqualTo(POOL.keys());
            assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void theSameTokenAgainIsNotProvedAgain() {
        String token = Tokens.signed(CLAIMS);

        assertThat(verify(token)).isSameAs(verify(token));
    }

    @Test
    void aRememberedTokenIsOfNoUseWhereItsIssuerIsNotTrusted() {
        String token = Tokens.signed(CLAIMS);
        verify(token);
        TokenIssuer other = new TokenIssuer("https://other.example", POOL.keys());

        assertThat(verifier.verify(token, List.of(other)).toCompletableFuture().join())
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "None", "NONE", "nOnE", " none", "", "HS256", "RS512", "rs256", "PS256", "ES256", "RS256 "
            })
    void aTokenDoesNotChooseItsAlgorithm(String algorithm) {
        String header = Tokens.part("{\"alg\":\"" + algorithm + "\",\"kid\":\"first\"}");
        String payload = Tokens.part(CLAIMS);
        String signature = Tokens.signed(CLAIMS).split("\\.")[2];

        assertThat(verify(header + "." + payload + ".")).isInstanceOf(Rejected.class);
        assertThat(verify(header + "." + payload + "." + signature)).isInstanceOf(Rejected.class);
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kid\":\"first\"}",
                "{\"alg\":null,\"kid\":\"first\"}",
                "{\"alg\":[\"RS256\"],\"kid\":\"first\"}",
                "{\"Alg\":\"RS256\",\"kid\":\"first\"}"
            })
    void aTokenWithoutAnAlgorithmIsNone(String header) {
        String[] signed = Tokens.signed(CLAIMS).split("\\.");

        assertThat(verify(Tokens.part(header) + "." + signed[1] + "." + signed[2]))
                .isInstanceOf(Rejected.class);
        assertThat(verify(Tokens.part(header) + "." + signed[1] + ".")).isInstanceOf(Rejected.class);
    }

    @Test
    void aPublicKeyIsNoSecretToSignWith() throws Exception {
        byte[] encoded = Tokens.FIRST.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END PUBLIC KEY-----\n";
        String json = Tokens.FIRST.toPublicJWK().toJSONString();
        for (byte[] secret : List.of(
                encoded,
                pem.getBytes(StandardCharsets.UTF_8),
                pem.strip().getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                Tokens.FIRST.getModulus().decode())) {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), new Payload(CLAIMS));
            token.sign(new MACSigner(secret));

            assertThat(verify(token.serialize())).isInstanceOf(Rejected.class);
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    void anEncryptedTokenIsNone() throws Exception {
        JWEObject token = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                        .keyID("first")
                        .build(),
                new Payload(Tokens.signed(CLAIMS)));
        token.encrypt(new RSAEncrypter(Tokens.FIRST.toRSAPublicKey()));

        assertThat(verify(token.serialize())).isInstanceOf(Rejected.class);
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256GCM\",\"p2c\":2147483647,\"p2s\":\"AAAA\",\"kid\":\"first\"}",
                "{\"alg\":\"RS256\",\"enc\":\"A256GCM\",\"zip\":\"DEF\",\"kid\":\"first\"}",
                "{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\",\"kid\":\"first\"}"
            })
    void fivePartsAreNeverDecrypted(String header) {
        String token = Tokens.part(header) + ".AAAA.AAAA." + Tokens.part(Tokens.signed(CLAIMS)) + ".AAAA";

        assertThat(verify(token)).isInstanceOf(Rejected.class);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aTokenWithinATokenIsNotLookedInto() {
        JWSHeader nested = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .contentType("JWT")
                .build();

        assertThat(verify(Tokens.signed(nested, Tokens.FIRST, Tokens.signed(CLAIMS))))
                .isInstanceOf(Rejected.class);
        assertThat(verify(Tokens.signed(
                        nested, Tokens.FIRST, Tokens.part("{\"alg\":\"none\"}") + "." + Tokens.part(CLAIMS) + ".")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void keysInAHeaderAreNotLookedAt() throws Exception {
        RSAKey own = Tokens.key("first", 2048);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .jwk(own.toPublicJWK())
                .jwkURL(URI.create("http://169.254.169.254/keys"))
                .x509CertURL(URI.create("http://169.254.169.254/certificate"))
                .x509CertChain(List.of(com.nimbusds.jose.util.Base64.encode("certificate")))
                .build();

        assertThat(verify(Tokens.signed(header, own, CLAIMS))).isInstanceOf(Rejected.class);
        assertThat(verify(Tokens.signed(header, Tokens.FIRST, CLAIMS))).isInstanceOf(Verified.class);
        assertThat(server.requests)
                .allSatisfy(request -> assertThat(request.uri()).isEqualTo(POOL.keys()));
    }

    @Test
    void whatATokenDemandsAndNobodyUnderstandsRefusesIt() {
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .criticalParams(Set.of("exp"))
                .customParam("exp", EPOCH)
                .build();
        JWSHeader zipped = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .customParam("zip", "DEF")
                .build();

        assertThat(verify(Tokens.signed(critical, Tokens.FIRST, CLAIMS))).isInstanceOf(Rejected.class);
        assertThat(verify(Tokens.signed(zipped, Tokens.FIRST, CLAIMS))).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../etc/passwd", "http://169.254.169.254/", "' or 1=1 --", "\\u0000", "\\r\\nX: y", "second"})
    void aKeyNameIsOnlyEverLookedUpInTheSet(String kid) {
        String header = Tokens.part("{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}");
        String token =
                header + "." + Tokens.part(CLAIMS) + "." + Tokens.signed(CLAIMS).split("\\.")[2];

        assertThat(verify(token)).isInstanceOf(Rejected.class);
        assertThat(server.requests)
                .allSatisfy(request -> assertThat(request.uri()).isEqualTo(POOL.keys()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"alg\":\"RS256\"}", "{\"alg\":\"RS256\",\"kid\":\"\"}", "{\"alg\":\"RS256\",\"kid\":7}"})
    void aTokenNamesItsKey(String header) {
        assertThat(verify(Tokens.part(header) + "." + Tokens.part(CLAIMS) + ".c2ln"))
                .isInstanceOf(Rejected.class);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void longKeyNamesAndLongTokensAreRefusedUnread() {
        String longName = Tokens.part("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(1_000_000) + "\"}");
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k".repeat(257)).build();

        assertThat(verify(longName + "." + Tokens.part(CLAIMS) + ".c2ln")).isInstanceOf(Rejected.class);
        assertThat(verify(Tokens.signed(header, Tokens.FIRST, CLAIMS))).isInstanceOf(Rejected.class);
        assertThat(verify(Tokens.signed(claims(",\"long\":\"" + "x".repeat(20_000) + "\""))))
                .isInstanceOf(Rejected.class);
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b", "a.b.c", "e30.e30.", "bnVsbA.bnVsbA.c2ln", "Bearer x.y.z"})
    void textThatIsNoTokenIsRefused(String text) {
        assertThat(verify(text)).isInstanceOf(Rejected.class);
    }

    @Test
    void aTokenHasOneSpelling() {
        String token = Tokens.signed(CLAIMS);
        char last = token.charAt(token.length() - 1);
        char stray = last == 'A' || last == 'Q' || last == 'g' || last == 'w' ? (char) (last + 1) : last;

        assertThat(verify(token + "==")).isInstanceOf(Rejected.class);
        assertThat(verify(token.substring(0, token.length() - 1) + stray)).isInstanceOf(Rejected.class);
        assertThat(verify(token + " ")).isInstanceOf(Rejected.class);
    }

    @Test
    void aChangedPayloadOrSignatureIsRefused() {
        String[] parts = Tokens.signed(CLAIMS).split("\\.");
        String payload = Tokens.part(CLAIMS.replace("ada", "eve"));

        assertThat(verify(parts[0] + "." + payload + "." + parts[2])).isInstanceOf(Rejected.class);
        assertThat(verify(parts[0] + "." + parts[1] + "." + Tokens.part(new byte[256])))
                .isInstanceOf(Rejected.class);
        assertThat(verify(parts[0] + "." + parts[1] + "." + Tokens.part(new byte[255])))
                .isInstanceOf(Rejected.class);
        assertThat(verify(parts[0] + "." + parts[1] + ".")).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"https://pool.example\"}",
                "{\"iss\":\"https://pool.example\",\"exp\":null}",
                "{\"iss\":\"https://pool.example\",\"exp\":\"1900000000\"}",
                "{\"iss\":\"https://pool.example\",\"exp\":true}",
                "{\"iss\":\"https://pool.example\",\"exp\":[1900000000]}",
                "{\"iss\":\"https://pool.example\",\"exp\":-1}",
                "{\"iss\":\"https://pool.example\",\"exp\":1e400}",
                "{\"iss\":\"https://pool.example\",\"exp\":1e30}",
                "{\"iss\":\"https://pool.example\",\"exp\":9223372036854775808}",
                "{\"iss\":\"https://pool.example\",\"exp\":99999999999999999999999999}",
                "{\"iss\":\"https://pool.example\",\"exp\":NaN}",
                "{\"iss\":\"https://pool.example\",\"exp\":1900000000,\"nbf\":\"0\"}",
                "{\"iss\":\"https://pool.example\",\"exp\":1900000000,\"nbf\":null}"
            })
    void aDateIsAReasonableNumber(String claims) {
        assertThat(verify(Tokens.signed(claims)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.expired()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1900000000.75", "1.9e9", "1900000000"})
    void aDateMayHaveAFraction(String expiry) {
        assertThat(verify(Tokens.signed("{\"iss\":\"https://pool.example\",\"exp\":" + expiry + "}")))
                .isInstanceOf(Verified.class);
    }

    @Test
    void aTokenExpiresWhereItSaysAlsoWhereItIsRemembered() {
        String token = Tokens.signed(CLAIMS);
        passes(Duration.ofSeconds(59));
        assertThat(verify(token)).isInstanceOf(Verified.class);
        passes(Duration.ofSeconds(1));

        assertThat(verify(token)).isEqualTo(new Rejected(true, "the token has expired"));
    }

    @Test
    void onlyASignedTokenIsToldThatItHasExpired() {
        String[] parts = Tokens.signed(CLAIMS).split("\\.");
        passes(Duration.ofHours(1));

        assertThat(verify(parts[0] + "." + parts[1] + "." + Tokens.part(new byte[256])))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.expired()).isFalse());
    }

    @Test
    void aTokenIsNotGoodBeforeItsTime() {
        String token = Tokens.signed(claims(",\"nbf\":" + (EPOCH + 30)));

        assertThat(verify(token)).isInstanceOf(Rejected.class);
        passes(Duration.ofSeconds(30));
        assertThat(verify(token)).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pool.example.evil.example",
                "https://pool.example/",
                "https://POOL.example",
                "http://pool.example",
                "https://pool.exampl",
                ""
            })
    void anIssuerIsComparedCharacterForCharacter(String issuer) {
        assertThat(verify(Tokens.signed("{\"iss\":\"" + issuer + "\",\"exp\":1900000000}")))
                .isInstanceOf(Rejected.class);
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":[\"https://pool.example\"],\"exp\":1900000000}",
                "{\"exp\":1900000000}",
                "{\"iss\":\"https://evil.example\",\"iss\":\"https://pool.example\",\"exp\":1900000000}",
                "{\"iss\":\"https://pool.example\",\"exp\":1,\"\\u0065xp\":1900000000}"
            })
    void claimsHaveOneReading(String claims) {
        assertThat(verify(Tokens.signed(claims))).isInstanceOf(Rejected.class);
    }

    @Test
    void aHeaderHasOneReading() {
        String header = Tokens.part("{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"first\"}");

        assertThat(verify(header + "." + Tokens.part(CLAIMS) + ".c2ln"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.detail()).contains("twice"));
    }

    @Test
    void aNewKeyIsFoundWhenItsFirstTokenComes() {
        verify(Tokens.signed(CLAIMS));
        server.publishing(Tokens.keySet(Tokens.FIRST, Tokens.SECOND));
        passes(Duration.ofSeconds(10));

        assertThat(verify(Tokens.signed(Tokens.SECOND, CLAIMS))).isInstanceOf(Verified.class);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void whoeverInventsKeyNamesMakesNoCalls() {
        for (int i = 0; i < 100; i++) {
            String header = Tokens.part("{\"alg\":\"RS256\",\"kid\":\"invented-" + i + "\"}");
            assertThat(verify(header + "." + Tokens.part(CLAIMS) + ".c2ln")).isInstanceOf(Rejected.class);
        }

        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aKeyThatIsTakenBackProvesNothingAnyMoreNotEvenWhatIsRemembered() {
        String token = Tokens.signed("{\"iss\":\"https://pool.example\",\"exp\":1900000000}");
        verify(token);
        server.publishing(Tokens.keySet(Tokens.SECOND));
        passes(Duration.ofMinutes(61));
        verify(token);

        assertThat(verify(token)).isInstanceOf(Rejected.class);
    }

    @Test
    void knownKeysAreUsedOnWhenTheServerFails() {
        String token = Tokens.signed("{\"iss\":\"https://pool.example\",\"exp\":1900000000}");
        verify(token);
        server.failing();
        passes(Duration.ofDays(3));

        assertThat(verify(token)).isInstanceOf(Verified.class);
        assertThat(verify(Tokens.signed("{\"iss\":\"https://pool.example\",\"exp\":1900000001}")))
                .isInstanceOf(Verified.class);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void withoutAnyKeysNobodyCanSay() {
        server.failing();
        assertThat(verify(Tokens.signed(CLAIMS))).isInstanceOf(Unverifiable.class);
        assertThat(verify(Tokens.signed(CLAIMS))).isInstanceOf(Unverifiable.class);
        assertThat(server.requests).hasSize(1);
        server.publishing(Tokens.keySet());
        passes(Duration.ofSeconds(10));

        assertThat(verify(Tokens.signed(CLAIMS))).isInstanceOf(Verified.class);
    }

    @Test
    void oneCallFetchesTheKeysForAllWhoWait() {
        server.holding();
        CompletableFuture<TokenVerification> one =
                verifier.verify(Tokens.signed(CLAIMS), List.of(POOL)).toCompletableFuture();
        CompletableFuture<TokenVerification> other =
                verifier.verify(Tokens.signed(CLAIMS), List.of(POOL)).toCompletableFuture();
        assertThat(one).isNotDone();
        server.release();

        assertThat(one.join()).isInstanceOf(Verified.class);
        assertThat(other.join()).isInstanceOf(Verified.class);
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 401, 404, 500})
    void onlyAnAnswerOf200IsAKeySet(int status) {
        server.answering(status, Tokens.keySet());

        assertThat(verify(Tokens.signed(CLAIMS))).isInstanceOf(Unverifiable.class);
    }

    @Test
    void aKeySetOfHalfAMegabyteIsTooLarge() {
        server.publishing(Tokens.keySet() + " ".repeat(512 * 1024));

        assertThat(verify(Tokens.signed(CLAIMS))).isInstanceOf(Unverifiable.class);
    }

    @Test
    void aCompressedKeySetIsNone() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(Tokens.keySet().getBytes(StandardCharsets.UTF_8));
            gzip.write(" ".repeat(100_000_000).getBytes(StandardCharsets.UTF_8));
        }
        server.answering(new BackendReply(200, Headers.of("Content-Encoding", "gzip"), compressed.toByteArray()));

        assertThat(compressed.size()).isLessThan(512 * 1024);
        assertThat(verify(Tokens.signed(CLAIMS))).isInstanceOf(Unverifiable.class);
    }
}
