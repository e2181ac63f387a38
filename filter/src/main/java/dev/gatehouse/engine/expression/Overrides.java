package dev.gatehouse.engine.expression;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What mapping templates wrote to {@code $context.requestOverride} and {@code $context.responseOverride}. Belongs to one call
 * and is not thread-safe; what the request template wrote is still there for the response template.
 *
 * <p>Both are plain trees, as templates may also keep members of their own in them. Values are strings, numbers, or lists for
 * several values (API Gateway developer guide, "override parameters").
 */
public final class Overrides {

    private Map<String, Object> request;
    private Map<String, Object> response;

    /** {@code path}, {@code header} and {@code querystring}, each a map of name to value; live. */
    public Map<String, Object> request() {
        if (request == null) {
            request = new LinkedHashMap<>();
            request.put("path", new LinkedHashMap<String, Object>());
            request.put("header", new LinkedHashMap<String, Object>());
            request.put("querystring", new LinkedHashMap<String, Object>());
        }
        return request;
    }

    /** {@code header}, a map of name to value, and {@code status} once it is set; live. */
    public Map<String, Object> response() {
        if (response == null) {
            response = new LinkedHashMap<>();
            response.put("header", new LinkedHashMap<String, Object>());
        }
        return response;
    }

    /** Whether a template has looked at the request overrides at all: most calls never do. */
    public boolean requestTouched() {
        return request != null;
    }

    public boolean responseTouched() {
        return response != null;
    }
}
