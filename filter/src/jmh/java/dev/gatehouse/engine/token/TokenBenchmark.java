package dev.gatehouse.engine.token;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a token costs, beside the RSA that nobody can save. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBenchmark {

    private static final List<TokenIssuer> POOLS = List.of(new TokenIssuer(
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool", URI.create("https://pool.example/keys")));

    private TokenVerifier verifier;
    private String token;
    private byte[] signed;
    private byte[] signature;
    private RSAPublicKey key;

    @Setup
    public void prepare() throws Exception {
        token = Tokens.signed("{\"iss\":\"" + POOLS.get(0).issuer() + "\",\"sub\":\"10b4786a-a220-4476-90ce-df95cb18fe74\","
                + "\"token_use\":\"id\",\"exp\":4102444800,\"aud\":\"5aa218vcdflmohh3qhrtr0mj78\","
                + "\"cognito:groups\":[\"readers\",\"writers\"],\"email\":\"ada@example.com\"}");
        verifier = new TokenVerifier(
                new KeyServer().publishing(Tokens.keySet()),
                InstantSource.system(),
                System::nanoTime,
                KeySetSettings.DEFAULT);
        verifier.verify(token, POOLS).toCompletableFuture().join();
        key = Tokens.FIRST.toRSAPublicKey();
        signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    }

    @Benchmark
    public boolean rsaAlone() throws GeneralSecurityException {
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initVerify(key);
        rsa.update(signed);
        return rsa.verify(signature);
    }

    /** All that happens to a token that comes for the first time, with keys that are known. */
    @Benchmark
    public boolean first() throws MalformedTokenException {
        SignedToken read = SignedToken.parse(token);
        return read.isSignedWith(key) && read.claims().date("exp") != null;
    }

    /** A new text each time, as a server makes one of each request: its hash is not known. */
    @Benchmark
    public TokenVerification again() {
        return verifier.verify(new String(token.toCharArray()), POOLS)
                .toCompletableFuture()
                .join();
    }

    @Benchmark
    public SignedToken read() throws MalformedTokenException {
        return SignedToken.parse(token);
    }
}
