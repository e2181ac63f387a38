package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.http.GatewayRequest;
import java.time.Instant;
import java.util.List;

/**
 * What policies may ask about a call whoever makes it. Source: API Gateway developer guide, "AWS condition keys that can be used
 * in API Gateway resource policies". {@code aws:SourceVpc}, {@code aws:SourceVpce} and {@code aws:VpcSourceIp} are never there:
 * nothing comes through a VPC endpoint.
 */
final class Circumstances {

    static final String INVOKE = "execute-api:Invoke";

    private Circumstances() {}

    static ConditionKeys.Builder of(AccessQuery query) {
        CallContext context = query.facts().context();
        GatewayRequest request = query.request();
        Instant now = context.call().requestTime();
        return ConditionKeys.builder()
                .add("aws:CurrentTime", now.toString())
                .add("aws:EpochTime", Long.toString(now.getEpochSecond()))
                .add("aws:SourceIp", context.identity().sourceIp())
                .add(
                        "aws:SecureTransport",
                        Boolean.toString(
                                "https".equalsIgnoreCase(request.client().scheme())))
                .addIfPresent("aws:UserAgent", line(request, "User-Agent"))
                .addIfPresent("aws:Referer", line(request, "Referer"));
    }

    /** Several lines are one list (RFC 9110, section 5.2), so that none of them hides behind another. */
    private static String line(GatewayRequest request, String name) {
        List<String> values = request.headers().all(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
