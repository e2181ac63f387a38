package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.ApiStage;
import dev.gatehouse.definition.GatewayResponse;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UsagePlan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Definitions as JSON: on the wire and in the store alike. Absent members and empty collections are left out, timestamps are
 * seconds, and {@link #ALWAYS_THERE} are the members that are there even when they are empty, as recorded from Amazon.
 */
final class Documents {

    private static final Map<Class<?>, Class<?>> ALWAYS_THERE = Map.of(
            Integration.class, IntegrationShape.class,
            Stage.class, StageShape.class,
            GatewayResponse.class, GatewayResponseShape.class,
            UsagePlan.class, UsagePlanShape.class,
            ApiKey.class, ApiKeyShape.class);

    private interface IntegrationShape {
        @JsonInclude
        List<String> cacheKeyParameters();
    }

    private interface StageShape {
        @JsonInclude
        Map<String, MethodSetting> methodSettings();
    }

    private interface GatewayResponseShape {
        @JsonInclude
        Map<String, String> responseParameters();

        @JsonInclude
        Map<String, String> responseTemplates();
    }

    private interface UsagePlanShape {
        @JsonInclude
        List<ApiStage> apiStages();
    }

    private interface ApiKeyShape {
        @JsonInclude
        List<String> stageKeys();
    }

    private static final ObjectMapper MAPPER = mapper();

    private Documents() {}

    private static ObjectMapper mapper() {
        SimpleModule seconds = new SimpleModule();
        seconds.addSerializer(Instant.class, new Seconds());
        seconds.addDeserializer(Instant.class, new FromSeconds());
        JsonInclude.Value filled = JsonInclude.Value.construct(Include.NON_EMPTY, Include.ALWAYS);
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(seconds)
                .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
                .withConfigOverride(Map.class, map -> map.setInclude(filled))
                .withConfigOverride(List.class, list -> list.setInclude(filled))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        ALWAYS_THERE.forEach(mapper::addMixIn);
        return mapper;
    }

    /** A definition on the wire. */
    static ObjectNode wire(Object definition) {
        return MAPPER.valueToTree(definition);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A definition in the store. */
    static String text(Object definition) {
        try {
            return MAPPER.writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition that cannot be written", e);
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }

    /** A text as JSON writes it. */
    static String quoted(String text) {
        return MAPPER.getNodeFactory().textNode(text).toString();
    }

    /** A definition from the store. */
    static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds a " + type.getSimpleName() + " that cannot be read", e);
        }
    }

    /** @throws ControlError where the bytes are not JSON */
    static JsonNode parse(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw ControlError.serialization("The request body is not JSON");
        }
    }

    /** @return whether the text is a JSON object */
    static boolean isObject(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node != null && node.isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static final class Seconds extends StdScalarSerializer<Instant> {

        private static final long serialVersionUID = 1;

        Seconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(value.getEpochSecond());
        }
    }

    private static final class FromSeconds extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1;

        FromSeconds() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Instant.ofEpochSecond(in.getLongValue());
        }
    }
}
