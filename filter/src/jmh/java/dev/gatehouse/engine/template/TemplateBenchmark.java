package dev.gatehouse.engine.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A 10-item list through a mapping template, beside the same by hand in Jackson. Both parse the body each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TemplateBenchmark {

    private static final String TEMPLATE =
            """
            #set($root = $input.path('$'))
            {"customer": "$root.customer", "lines": [
            #foreach($item in $root.items)
              {"sku": "$item.id", "amount": $item.quantity}#if($foreach.hasNext),#end
            #end
            ]}
            """;

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory json = new JsonFactory();
    private MappingTemplate template;
    private CallContext context;
    private String body;

    @Setup
    public void prepare() throws TemplateSyntaxException {
        template = new TemplateEngine(TemplateLimits.DEFAULT).compile("bench", TEMPLATE);
        context = CallContext.of(
                new CallContext.Call(
                        "id", "ext=", Instant.EPOCH, "POST", "/prod/x", "HTTP/1.1", "host", "1", "api", "prod", "d", null),
                new CallContext.Identity("127.0.0.1", null));
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            items.append(i == 0 ? "" : ", ").append("{\"id\": \"sku-").append(i).append("\", \"quantity\": ").append(i + 1).append('}');
        }
        body = "{\"customer\": \"c-4711\", \"items\": [" + items + "]}";
    }

    @Benchmark
    public String template() throws TemplateRenderException {
        return template.render(
                new TemplateCall(JsonText.of(body), RequestParameters.NONE, context, Map.of()));
    }

    @Benchmark
    public String byHand() throws IOException {
        JsonNode root = mapper.readTree(body);
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("customer", root.get("customer").asText());
            out.writeArrayFieldStart("lines");
            for (JsonNode item : root.get("items")) {
                out.writeStartObject();
                out.writeStringField("sku", item.get("id").asText());
                out.writeNumberField("amount", item.get("quantity").asInt());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }
}
