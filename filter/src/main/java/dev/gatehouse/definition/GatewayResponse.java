package dev.gatehouse.definition;

import java.util.Map;

/**
 * How an answer of the gateway itself looks, such as a refusal.
 *
 * @param statusCode null keeps the status of the type, or of the refusal where the type has none
 * @param responseParameters {@code gatewayresponse.header.<name>} to mapping expression
 * @param responseTemplates media type to template
 * @param defaultResponse whether this is what the type has without being customised
 */
public record GatewayResponse(
        GatewayResponseType responseType,
        String statusCode,
        Map<String, String> responseParameters,
        Map<String, String> responseTemplates,
        boolean defaultResponse) {

    /** The template of every type that has none of its own. */
    public static final Map<String, String> DEFAULT_TEMPLATES =
            Map.of("application/json", "{\"message\":$context.error.messageString}");

    public GatewayResponse {
        responseParameters = Frozen.map(responseParameters);
        responseTemplates = Frozen.map(responseTemplates);
    }

    /** What a type looks like as long as nobody customises it. */
    public static GatewayResponse defaultOf(GatewayResponseType type) {
        return new GatewayResponse(type, type.defaultStatusCode(), Map.of(), DEFAULT_TEMPLATES, true);
    }
}
