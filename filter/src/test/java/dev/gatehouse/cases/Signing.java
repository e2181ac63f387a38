package dev.gatehouse.cases;

import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Has Amazon's own signer sign the request of a case. Everything but {@code by} has a default under which the signature is good.
 *
 * @param by access key
 * @param secret the secret that goes with it
 * @param sessionToken of temporary credentials
 * @param presigned whether the signature stands in the query
 * @param expires of a presigned request, in seconds
 * @param secondsAgo when it was signed; negative for in the future
 * @param region that it is signed for
 * @param service that it is signed for
 * @param method that is signed, instead of the one that is sent
 * @param path that is signed, instead of the one that is sent
 * @param query that is signed, instead of the one that is sent
 * @param body that is signed, instead of the one that is sent
 * @param host that is signed, instead of the one that is sent
 */
record Signing(
        String by,
        String secret,
        String sessionToken,
        boolean presigned,
        Integer expires,
        int secondsAgo,
        String region,
        String service,
        String method,
        String path,
        String query,
        String body,
        String host) {

    /** @param sent with the body in {@code sentBody} */
    GatewayRequest sign(GatewayRequest sent, byte[] sentBody, Instant now) {
        byte[] signedBody = body == null ? sentBody : body.getBytes(StandardCharsets.UTF_8);
        String signedQuery = query == null ? sent.query() : query;
        URI uri = URI.create("https://" + or(host, sent.host())
                + or(path, sent.sent().path()) + (signedQuery == null ? "" : "?" + signedQuery));
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(or(method, sent.method())))
                .uri(uri);
        sent.headers().forEach(http::appendHeader);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(identity())
                            .request(http.build())
                            .payload(() -> new ByteArrayInputStream(signedBody))
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, or(service, "execute-api"))
                            .putProperty(AwsV4HttpSigner.REGION_NAME, or(region, "us-east-1"))
                            .putProperty(
                                    HttpSigner.SIGNING_CLOCK,
                                    Clock.fixed(now.minusSeconds(secondsAgo), ZoneOffset.UTC));
                    if (presigned) {
                        sign.putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                                .putProperty(
                                        AwsV4FamilyHttpSigner.EXPIRATION_DURATION,
                                        Duration.ofSeconds(expires == null ? 60 : expires));
                    }
                })
                .request();
        Headers.Builder headers = sent.headers().toBuilder();
        signed.headers().forEach((name, values) -> {
            if (!sent.headers().contains(name) && !name.equalsIgnoreCase("Host")) {
                values.forEach(value -> headers.add(name, value));
            }
        });
        return new GatewayRequest(
                sent.method(),
                sent.host(),
                sent.path(),
                presigned ? query(sent.query(), signed.encodedQueryParameters().orElse("")) : sent.query(),
                headers.build(),
                sent.client(),
                sent.payload(),
                sent.downstream(),
                sent.sent());
    }

    /** The client's own spelling, and behind it what the signer added. */
    private static String query(String sent, String signed) {
        StringBuilder query = new StringBuilder(sent == null ? "" : sent);
        for (String pair : signed.split("&")) {
            if (pair.startsWith("X-Amz-")) {
                query.append(query.length() == 0 ? "" : "&").append(pair);
            }
        }
        return query.toString();
    }

    private AwsCredentialsIdentity identity() {
        String key = or(secret, "secret of " + by);
        return sessionToken == null
                ? AwsCredentialsIdentity.create(by, key)
                : AwsSessionCredentialsIdentity.create(by, key, sessionToken);
    }

    private static String or(String said, String usual) {
        return said == null ? usual : said;
    }
}
