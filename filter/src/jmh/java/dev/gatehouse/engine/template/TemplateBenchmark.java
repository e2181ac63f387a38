package dev.gatehouse.engine.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.JsonText;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.runtime.RuntimeInstance;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A list of ten items through a mapping template, on its way to a backend and back from DynamoDB; beside plain Velocity of the
 * same version, without and with Jayway's JsonPath, and beside the same by hand in Jackson. All parse the body each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TemplateBenchmark {

    private static final String REQUEST =
            """
            #set($root = $input.path('$'))
            {"customer": "$root.customer", "lines": [
            #foreach($item in $root.items)
              {"sku": "$item.id", "amount": $item.quantity}#if($foreach.hasNext),#end
            #end
            ]}
            """;

    private static final String RESPONSE =
            """
            #set($root = $input.path('$'))
            {"count": $root.Count, "notes": [
            #foreach($item in $root.Items)
              {"id": "$item.id.S", "stars": $item.stars.N}#if($foreach.hasNext),#end
            #end
            ]}
            """;

    @Param({"request", "response"})
    public String way;

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory json = new JsonFactory();
    private final Configuration jayway = Configuration.builder()
            .jsonProvider(new JacksonJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();
    private MappingTemplate template;
    private Template plain;
    private CallContext context;
    private String body;

    @Setup
    public void prepare() throws Exception {
        boolean request = way.equals("request");
        String source = request ? REQUEST : RESPONSE;
        template = new TemplateEngine(TemplateLimits.DEFAULT).compile("bench", source);
        plain = plain(source);
        context = CallContext.of(
                new CallContext.Call(
                        "id", "ext=", Instant.EPOCH, "POST", "/prod/x", "HTTP/1.1", "host", "1", "api", "prod", "d", null),
                new CallContext.Identity("127.0.0.1", null));
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            items.append(i == 0 ? "" : ", ")
                    .append(
                            request
                                    ? "{\"id\": \"sku-" + i + "\", \"quantity\": " + (i + 1) + "}"
                                    : "{\"id\": {\"S\": \"note-" + i + "\"}, \"stars\": {\"N\": \"" + i + "\"}}");
        }
        body = request
                ? "{\"customer\": \"c-4711\", \"items\": [" + items + "]}"
                : "{\"Count\": 10, \"Items\": [" + items + "], \"ScannedCount\": 10}";
        JsonNode expected = mapper.readTree(byHand());
        for (String made : new String[] {template(), plainVelocity(), plainVelocityWithJayway()}) {
            if (!mapper.readTree(made).equals(expected)) {
                throw new IllegalStateException("not the same: " + made);
            }
        }
    }

    private static Template plain(String source) throws Exception {
        RuntimeInstance velocity = new RuntimeInstance();
        velocity.init();
        Template plain = new Template();
        plain.setRuntimeServices(velocity);
        plain.setName("plain");
        plain.setData(velocity.parse(new StringReader(source), plain));
        plain.initDocument();
        return plain;
    }

    @Benchmark
    public String template() throws TemplateRenderException {
        return template.render(
                new TemplateCall(JsonText.of(body), RequestParameters.NONE, context, Map.of()));
    }

    @Benchmark
    public String plainVelocity() throws JsonProcessingException {
        return merge(new WholeBody(mapper.readValue(body, Map.class)));
    }

    @Benchmark
    public String plainVelocityWithJayway() {
        return merge(new Paths(JsonPath.using(jayway).parse(body)));
    }

    private String merge(Object input) {
        VelocityContext variables = new VelocityContext();
        variables.put("input", input);
        StringWriter text = new StringWriter(512);
        plain.merge(variables, text);
        return text.toString();
    }

    /** What a template sees where nobody reads paths. */
    public record WholeBody(Map<?, ?> tree) {

        public Object path(String path) {
            return tree;
        }
    }

    /** What a template sees where a library reads paths. */
    public record Paths(DocumentContext document) {

        public Object path(String path) {
            return document.read(path);
        }
    }

    @Benchmark
    public String byHand() throws IOException {
        JsonNode root = mapper.readTree(body);
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            if (way.equals("request")) {
                order(root, out);
            } else {
                notes(root, out);
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void order(JsonNode root, JsonGenerator out) throws IOException {
        out.writeStringField("customer", root.get("customer").asText());
        out.writeArrayFieldStart("lines");
        for (JsonNode item : root.get("items")) {
            out.writeStartObject();
            out.writeStringField("sku", item.get("id").asText());
            out.writeNumberField("amount", item.get("quantity").asInt());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void notes(JsonNode root, JsonGenerator out) throws IOException {
        out.writeNumberField("count", root.get("Count").asInt());
        out.writeArrayFieldStart("notes");
        for (JsonNode item : root.get("Items")) {
            out.writeStartObject();
            out.writeStringField("id", item.get("id").get("S").asText());
            out.writeNumberField("stars", Integer.parseInt(item.get("stars").get("N").asText()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
