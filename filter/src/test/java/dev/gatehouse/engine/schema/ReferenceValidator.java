package dev.gatehouse.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.github.fge.jackson.JsonLoader;
import com.github.fge.jsonschema.core.report.LogLevel;
import com.github.fge.jsonschema.core.report.ProcessingMessage;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import java.util.ArrayList;
import java.util.List;

/** The validator that API Gateway's messages come from, as far as anybody can tell from outside. */
final class ReferenceValidator {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.byDefault();

    private ReferenceValidator() {}

    static List<String> violations(String schema, String body) {
        try {
            // a root that is a list keeps scalars readable
            JsonNode value = ((ArrayNode) JsonLoader.fromString('[' + body + ']')).get(0);
            List<String> messages = new ArrayList<>();
            for (ProcessingMessage message :
                    FACTORY.getJsonSchema(JsonLoader.fromString(schema)).validateUnchecked(value)) {
                if (message.getLogLevel().compareTo(LogLevel.ERROR) >= 0) {
                    messages.add(message.getMessage());
                }
            }
            return messages;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
