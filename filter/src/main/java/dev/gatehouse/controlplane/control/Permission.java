package dev.gatehouse.controlplane.control;

import dev.gatehouse.http.UriCharacters;
import java.nio.charset.StandardCharsets;

/**
 * What a request takes. Source: API Gateway developer guide, "Actions, resources, and condition keys for Amazon API Gateway
 * Management". An operation of our own is about what is named after its {@link Operation#OWN namespace}, so that whoever is kept
 * from an API is kept from it there, too.
 *
 * @param action such as {@code apigateway:GET}
 * @param resource such as {@code arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod}
 */
record Permission(String action, String resource) {

    private static final String HEX = "0123456789ABCDEF";

    /**
     * However a caller has encoded the path, a policy sees one form of it: segments decoded and encoded again. So a denied id
     * cannot be written in a way that the policy does not know but the operation does.
     */
    static Permission of(ControlRequest request, String region) {
        StringBuilder resource = new StringBuilder("arn:" + Home.partition(region) + ":apigateway:" + region + "::");
        for (String segment : Target.of(request).subject()) {
            resource.append('/');
            encode(segment, resource);
        }
        return new Permission("apigateway:" + request.method(), resource.toString());
    }

    private static void encode(String segment, StringBuilder into) {
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (UriCharacters.unreserved(b)) {
                into.append((char) b);
            } else {
                into.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
    }
}
