package dev.gatehouse.definition;

import java.util.Map;

/**
 * One kind of answer that a method declares.
 *
 * @param responseParameters {@code method.response.header.<name>} to whether it is required
 * @param responseModels media type to model name
 */
public record MethodResponse(
        String statusCode, Map<String, Boolean> responseParameters, Map<String, String> responseModels) {

    public MethodResponse {
        responseParameters = Frozen.map(responseParameters);
        responseModels = Frozen.map(responseModels);
    }
}
