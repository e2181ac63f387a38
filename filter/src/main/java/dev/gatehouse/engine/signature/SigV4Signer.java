package dev.gatehouse.engine.signature;

import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Headers;
import java.net.URI;
import java.time.InstantSource;

/**
 * Signs a request that goes out, in its headers ({@code Authorization}, {@code X-Amz-Date}, {@code X-Amz-Content-Sha256},
 * {@code X-Amz-Security-Token}); those that were there before are replaced. Every other header is signed too, but for the ones
 * that are changed underway. Thread-safe.
 */
public final class SigV4Signer {

    /** Hops on the way may rewrite these; the AWS SDK for Java leaves out the same. */
    private static final HeaderNames UNSIGNED = HeaderNames.of(
            "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id", "x-forwarded-for");

    private final InstantSource clock;

    /** @param clock gives the time of the signature, good for five minutes at AWS */
    public SigV4Signer(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param request whose uri has a host, and whose query holds no bare plus sign: services disagree on what that means
     * @param region such as {@code eu-central-1}
     * @param service signing name, such as {@code lambda}; {@code s3} has path rules of its own
     * @return the request as it must go over the wire, otherwise unchanged
     */
    public BackendRequest sign(BackendRequest request, Credentials credentials, String region, String service) {
        SigningScope scope = SigningScope.of(clock.instant(), region, service);
        String payloadHash = SigningScope.sha256(request.body());
        Headers.Builder outgoing = request.headers().toBuilder();
        outgoing.remove("Authorization").remove("X-Amz-Security-Token");
        outgoing.set("X-Amz-Date", scope.timestamp());
        outgoing.set("X-Amz-Content-Sha256", payloadHash);
        if (credentials.sessionToken() != null) {
            outgoing.set("X-Amz-Security-Token", credentials.sessionToken());
        }
        URI uri = URI.create(request.uri().toASCIIString());
        CanonicalRequest canonical = CanonicalRequest.of(
                request.method(),
                uri.getRawPath(),
                uri.getRawQuery(),
                signed(outgoing.build(), uri),
                payloadHash,
                PathRule.of(service));
        outgoing.add(
                "Authorization",
                SigningScope.ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope.text()
                        + ", SignedHeaders=" + canonical.signedHeaders()
                        + ", Signature=" + scope.sign(canonical, credentials.secretAccessKey()));
        return new BackendRequest(request.method(), uri, outgoing.build(), request.body(), request.timeout());
    }

    private static Headers signed(Headers outgoing, URI uri) {
        Headers.Builder signed = Headers.builder();
        outgoing.forEach((name, value) -> {
            if (!UNSIGNED.contains(name)) {
                signed.add(name, value);
            }
        });
        return signed.setIfAbsent("Host", hostHeader(uri)).build();
    }

    /** The port is left out where the scheme implies it, as clients leave it out of the {@code Host} header. */
    private static String hostHeader(URI uri) {
        boolean implied = uri.getPort() < 0 || uri.getPort() == ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80);
        return implied ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
