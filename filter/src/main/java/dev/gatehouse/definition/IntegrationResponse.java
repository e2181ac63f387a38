package dev.gatehouse.definition;

import java.util.Map;

/**
 * How one kind of backend answer becomes a method response.
 *
 * @param selectionPattern regular expression over the whole status or error message; null or empty makes this the default
 * @param responseTemplates media type to template; a template may be null, which answers an empty body
 * @param contentHandling may be null
 */
public record IntegrationResponse(
        String statusCode,
        String selectionPattern,
        Map<String, String> responseParameters,
        Map<String, String> responseTemplates,
        ContentHandlingStrategy contentHandling) {

    public IntegrationResponse {
        responseParameters = Frozen.map(responseParameters);
        responseTemplates = Frozen.map(responseTemplates);
    }
}
