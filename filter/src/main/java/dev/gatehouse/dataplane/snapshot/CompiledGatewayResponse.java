package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.expression.TextTemplate;
import java.util.List;
import java.util.Map;

/**
 * How one kind of refusal is worded.
 *
 * @param status null for the refusal's own
 * @param headers {@code gatewayresponse.header.*}
 * @param templates by media type, in the order of the definition; never empty
 * @param customised false where nobody said anything about this type
 */
public record CompiledGatewayResponse(
        Integer status,
        List<ResponseMappings.Parameter> headers,
        Map<String, TextTemplate> templates,
        boolean customised) {}
