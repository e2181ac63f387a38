package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonQuery;
import dev.gatehouse.engine.json.JsonQueryCache;
import dev.gatehouse.engine.json.JsonText;
import java.util.Map;

/** {@code $input}: API Gateway developer guide, "$input variables". */
final class InputTool {

    /** What a call without body counts as. Recorded on AWS. */
    private static final String NO_BODY = "{}";

    private final JsonText body;
    private final RequestParameters parameters;
    private final JsonQueryCache queries;
    private final Budget budget;
    private Map<String, Object> allParameters;

    InputTool(JsonText body, RequestParameters parameters, JsonQueryCache queries, Budget budget) {
        this.budget = budget;
        this.body = body.text().isEmpty() ? JsonText.of(NO_BODY) : body;
        this.parameters = parameters;
        this.queries = queries;
    }

    String body() {
        return body.text();
    }

    /** JSON text of what the path finds; two quote characters where it finds nothing. */
    String json(String path) {
        Object found = find(path);
        if (found == JsonQuery.MISSING) {
            return "\"\"";
        }
        String text = Json.write(found);
        budget.characters(text.length());
        return text;
    }

    /** What the path finds; null where it finds nothing. */
    Object path(String path) {
        Object found = find(path);
        return found == JsonQuery.MISSING ? null : found;
    }

    private Object find(String path) {
        JsonQuery query = queries.query(path);
        return body.isJson() ? query.read(body.tree(), budget::tick) : JsonQuery.MISSING;
    }

    /** Empty where there is none. */
    String parameter(String name) {
        String value = parameters.find(name);
        return value == null ? "" : value;
    }

    Map<String, Object> parameters() {
        if (allParameters == null) {
            allParameters = new TemplateMap();
            allParameters.put("path", new TemplateMap(parameters.path()));
            allParameters.put("querystring", new TemplateMap(parameters.querystring()));
            allParameters.put("header", new TemplateMap(parameters.header()));
        }
        return allParameters;
    }

    @Override
    public String toString() {
        return "";
    }
}
