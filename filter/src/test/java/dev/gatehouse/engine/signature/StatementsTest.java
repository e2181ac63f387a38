package dev.gatehouse.engine.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.http.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A claim that was read before reads as it does to somebody who sees it for the first time. */
class StatementsTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final PlainSigner ALICE = PlainSigner.of("AKIDALICEALICEALICE1", "secret");
    private static final SignedRequest GOOD = ALICE.header(
            new SignedRequest("GET", "api.example.com", "/prod", null, Headers.of("Accept", "text/plain"), new byte[0]),
            NOON);
    private static final String AUTHORIZATION = GOOD.headers().first("Authorization");
    private static final String SIGNATURE = AUTHORIZATION.substring(AUTHORIZATION.length() - 64);
    private static final String OTHER = "0123456789abcdef".repeat(4);

    @Test
    void whatWasReadBeforeReadsTheSameAgain() {
        List<SignedRequest> requests = List.of(
                GOOD,
                with("Authorization", AUTHORIZATION.replace(SIGNATURE, OTHER)),
                with("Authorization", AUTHORIZATION.replace(SIGNATURE, SIGNATURE.toUpperCase(Locale.ROOT))),
                with("Authorization", AUTHORIZATION.replace(SIGNATURE, OTHER.replace('a', ','))),
                with("Authorization", AUTHORIZATION.replace(SIGNATURE, OTHER.replace('a', 'ĉ'))),
                with("Authorization", AUTHORIZATION + ", Signature=" + SIGNATURE),
                with("Authorization", AUTHORIZATION + ", NoSignature=" + SIGNATURE),
                with("Authorization", AUTHORIZATION + ", NoSignature=" + OTHER),
                with("Authorization", AUTHORIZATION.replace(SIGNATURE, OTHER) + ", NoSignature=" + SIGNATURE),
                with("Authorization", AUTHORIZATION.replace("SignedHeaders=", "signedHeaders=")),
                with("Authorization", AUTHORIZATION.replace("accept;", "")),
                with("Authorization", AUTHORIZATION.replace("ALICE1", "ALICE2")),
                with("Authorization", AUTHORIZATION.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")),
                with("Accept", "text/html"),
                with("X-Amz-Date", "20260203T120001Z"),
                with("X-Amz-Date", "20260202T120000Z"),
                with("X-Amz-Date", "today"),
                with(GOOD.headers().toBuilder().remove("X-Amz-Date").build()),
                with(GOOD.headers().toBuilder()
                        .add("x-amz-date", "20260203T120000Z")
                        .build()),
                with(GOOD.headers().toBuilder()
                        .remove("Accept")
                        .add("aCCept", "text/plain")
                        .build()),
                with(GOOD.headers().toBuilder().add("accept", "text/html").build()));
        SigV4Verifier<String> experienced = verifier();
        for (int round = 0; round < 2; round++) {
            for (SignedRequest request : requests) {
                assertThat(experienced.verify(request)).isEqualTo(verifier().verify(request));
            }
        }
        assertThat(experienced.verify(GOOD)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void whatIsLongOrNamesManyHeadersIsNotRemembered() {
        Statements statements = new Statements();
        String shorter = "x".repeat(700);
        String longer = "x".repeat(800);
        Statement few = Statement.of("a/b/c/d/e", "host");
        Statement many = Statement.of("a/b/c/d/e", "host" + ";a".repeat(40));

        statements.remember(longer, 800, few);
        statements.remember(shorter, 700, many);
        assertThat(statements.find(longer, 800)).isNull();
        assertThat(statements.find(shorter, 700)).isNull();

        statements.remember(shorter, 700, few);
        assertThat(statements.find(shorter + "signature", 700)).isSameAs(few);
        assertThat(statements.find(shorter + "signature", 701)).isNull();
    }

    private static SignedRequest with(String name, String value) {
        return with(GOOD.headers().with(name, value));
    }

    private static SignedRequest with(Headers headers) {
        return new SignedRequest("GET", "api.example.com", "/prod", null, headers, new byte[0]);
    }

    private static SigV4Verifier<String> verifier() {
        Optional<Key<String>> alice = Optional.of(Key.of("secret", "alice"));
        return new SigV4Verifier<>(
                id -> id.equals(ALICE.accessKeyId()) ? alice : Optional.empty(),
                () -> NOON,
                PlainSigner.REGION,
                PlainSigner.SERVICE);
    }
}
