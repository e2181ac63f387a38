package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.CompiledGatewayResponse;
import dev.gatehouse.dataplane.snapshot.ResponseType;
import dev.gatehouse.definition.GatewayResponse;
import dev.gatehouse.definition.GatewayResponseType;
import dev.gatehouse.engine.expression.MappingSource.Side;
import dev.gatehouse.engine.expression.TextTemplate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wording of every refusal: a type's own definition entirely, else the one of DEFAULT_4XX or DEFAULT_5XX, else Amazon's
 * (developer guide, "gateway responses").
 */
final class GatewayResponseCompiler {

    private static final CompiledGatewayResponse BUILT_IN = new CompiledGatewayResponse(
            null,
            List.of(),
            Map.of("application/json", TextTemplate.parse("{\"message\":$context.error.messageString}")),
            false);

    Map<ResponseType, CompiledGatewayResponse> compile(Map<GatewayResponseType, GatewayResponse> declared, Place root) {
        Map<ResponseType, CompiledGatewayResponse> own = new EnumMap<>(ResponseType.class);
        declared.forEach((type, response) -> {
            Place place = root.at("x-amazon-apigateway-gateway-responses").at(type.name());
            ResponseType key = ResponseType.valueOf(type.name());
            if (!key.customisable()) {
                place.problem(type + " cannot be customised: API Gateway answers it as it is");
            } else if (!response.defaultResponse()) {
                own.put(key, compile(response, place));
            }
        });
        Map<ResponseType, CompiledGatewayResponse> complete = new EnumMap<>(ResponseType.class);
        for (ResponseType type : ResponseType.values()) {
            CompiledGatewayResponse fallback =
                    type.customisable() ? own.getOrDefault(type.fallback(), BUILT_IN) : BUILT_IN;
            complete.put(type, own.getOrDefault(type, fallback));
        }
        return complete;
    }

    private static CompiledGatewayResponse compile(GatewayResponse response, Place place) {
        Integer status = response.statusCode() == null
                ? null
                : MappingCompiler.status(response.statusCode(), place.at("statusCode"));
        Map<String, TextTemplate> templates = new LinkedHashMap<>();
        response.responseTemplates().forEach((mediaType, text) -> {
            Place at = place.at("responseTemplates").at(mediaType);
            templates.put(mediaType, at.parsed(() -> TextTemplate.parse(text == null ? "" : text), null));
        });
        return new CompiledGatewayResponse(
                status,
                MappingCompiler.headers(
                        response.responseParameters(),
                        "gatewayresponse.header.",
                        Side.GATEWAY_RESPONSE,
                        place.at("responseParameters")),
                templates.isEmpty() ? BUILT_IN.templates() : templates,
                true);
    }
}
