package dev.gatehouse.engine.signature;

import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What proving a signature costs, beside the digests that nobody can avoid, and beside Amazon's own signer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @Param({"0", "1024"})
    int body;

    private SigV4Verifier<String> verifier;
    private SigV4Verifier<String> refusing;
    private SigV4Verifier<String> knowingNobody;
    private dev.gatehouse.engine.signature.SignedRequest request;
    private byte[] canonical;
    private byte[] toSign;
    private MessageDigest sha256;
    private Mac mac;
    private SdkHttpRequest plain;
    private AwsV4HttpSigner signer;
    private AwsCredentialsIdentity identity;

    @Setup
    public void prepare() throws GeneralSecurityException {
        String method = body == 0 ? "GET" : "POST";
        URI uri = URI.create("https://abcdef1234.execute-api.eu-central-1.amazonaws.com/prod/pets/4711?limit=10&sort=name");
        Headers headers = Headers.of(
                "Accept", "application/json", "Content-Type", "application/json", "User-Agent", "benchmark/1.0");
        BackendRequest signed = new SigV4Signer(() -> NOON)
                .sign(
                        new BackendRequest(method, uri, headers, new byte[body], Duration.ofSeconds(1)),
                        Credentials.of("AKIDEXAMPLE", SECRET),
                        "eu-central-1",
                        "execute-api");
        request = new dev.gatehouse.engine.signature.SignedRequest(
                method, uri.getHost(), uri.getRawPath(), uri.getRawQuery(), signed.headers(), signed.body());
        Optional<Key<String>> key = Optional.of(Key.of(SECRET, "somebody"));
        verifier = new SigV4Verifier<>(id -> key, () -> NOON, "eu-central-1", "execute-api");
        Optional<Key<String>> other = Optional.of(Key.of("another secret", "somebody"));
        refusing = new SigV4Verifier<>(id -> other, () -> NOON, "eu-central-1", "execute-api");
        knowingNobody = new SigV4Verifier<>(id -> Optional.empty(), () -> NOON, "eu-central-1", "execute-api");
        if (!(verifier.verify(request) instanceof Verification.Verified)) {
            throw new IllegalStateException("the request must be a good one");
        }
        prepareDigests(signed, uri);
        plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(uri)
                .putHeader("Accept", "application/json")
                .putHeader("Content-Type", "application/json")
                .build();
        signer = AwsV4HttpSigner.create();
        identity = AwsCredentialsIdentity.create("AKIDEXAMPLE", SECRET);
    }

    private void prepareDigests(BackendRequest signed, URI uri) throws GeneralSecurityException {
        CanonicalRequest text = CanonicalRequest.of(
                signed.method(),
                uri.getRawPath(),
                uri.getRawQuery(),
                signed.headers().toBuilder()
                        .remove("Authorization")
                        .remove("User-Agent") // which no signer signs
                        .add("Host", uri.getHost())
                        .build(),
                SigningScope.sha256(signed.body()),
                PathRule.of("execute-api"));
        canonical = text.text().getBytes(StandardCharsets.UTF_8);
        toSign = ("AWS4-HMAC-SHA256\n20260203T120000Z\n20260203/eu-central-1/execute-api/aws4_request\n"
                        + SigningScope.sha256(canonical))
                .getBytes(StandardCharsets.UTF_8);
        sha256 = MessageDigest.getInstance("SHA-256");
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                SigningScope.of(NOON, "eu-central-1", "execute-api").key(SECRET), "HmacSHA256"));
    }

    @Benchmark
    public Object verify() {
        return verifier.verify(request);
    }

    @Benchmark
    public Object refuseWrongSignature() {
        return refusing.verify(request);
    }

    /** Must cost what a wrong signature costs: the difference would tell which access keys exist. */
    @Benchmark
    public Object refuseUnknownAccessKey() {
        return knowingNobody.verify(request);
    }

    @Benchmark
    public int bareDigests() {
        int sum = body == 0 ? 0 : sha256.digest(request.body())[0];
        return sum + sha256.digest(canonical)[0] + mac.doFinal(toSign)[0];
    }

    @Benchmark
    public SignedRequest signWithTheAwsSdk() {
        return signer.sign(sign -> sign.identity(identity)
                .request(plain)
                .payload(() -> new ByteArrayInputStream(request.body()))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOON, ZoneOffset.UTC)));
    }
}
