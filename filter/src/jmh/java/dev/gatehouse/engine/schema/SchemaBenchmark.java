package dev.gatehouse.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.fge.jackson.JsonLoader;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import dev.gatehouse.engine.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An order of ten items held against its model, on trees that are parsed already: ours, by hand, and the reference library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaBenchmark {

    private static final String SCHEMA =
            """
            {"type": "object", "required": ["customer", "items"], "additionalProperties": false, "properties": {
              "customer": {"type": "string", "minLength": 1, "maxLength": 20},
              "items": {"type": "array", "minItems": 1, "items": {
                "type": "object", "required": ["id", "quantity"], "properties": {
                  "id": {"type": "string", "pattern": "^sku-"},
                  "quantity": {"type": "integer", "minimum": 1, "maximum": 100}}}}}}
            """;

    private JsonSchema ours;
    private Object tree;
    private com.github.fge.jsonschema.main.JsonSchema library;
    private JsonNode node;

    @Setup
    public void prepare() throws Exception {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            items.append(i == 0 ? "" : ",").append("{\"id\": \"sku-").append(i).append("\", \"quantity\": ").append(i + 1).append('}');
        }
        String body = "{\"customer\": \"c-4711\", \"items\": [" + items + "]}";
        ours = new ModelSchemas("api", Map.of("M", SCHEMA), (model, pointer, message) -> {}).compile("M").orElseThrow();
        tree = Json.parse(body);
        library = JsonSchemaFactory.byDefault().getJsonSchema(JsonLoader.fromString(SCHEMA));
        node = JsonLoader.fromString(body);
        if (!ours.violations(tree).isEmpty() || !byHand()) {
            throw new IllegalStateException("the order is valid");
        }
    }

    @Benchmark
    public List<String> schema() {
        return ours.violations(tree);
    }

    @Benchmark
    public boolean library() {
        return library.validInstanceUnchecked(node);
    }

    @Benchmark
    public boolean byHand() {
        if (!(tree instanceof Map<?, ?> order) || order.size() != 2 || !(order.get("customer") instanceof String customer)) {
            return false;
        }
        if (customer.isEmpty() || customer.length() > 20 || !(order.get("items") instanceof List<?> items) || items.isEmpty()) {
            return false;
        }
        for (Object one : items) {
            if (!(one instanceof Map<?, ?> item)
                    || !(item.get("id") instanceof String id)
                    || !id.startsWith("sku-")
                    || !(item.get("quantity") instanceof Integer quantity)
                    || quantity < 1
                    || quantity > 100) {
                return false;
            }
        }
        return true;
    }
}
