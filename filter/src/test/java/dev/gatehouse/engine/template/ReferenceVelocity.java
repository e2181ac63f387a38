package dev.gatehouse.engine.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.ParseContext;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.AbstractContext;
import org.apache.velocity.context.Context;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.SecureUberspector;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Plain Velocity 2.4.1 with the settings that make it print what AWS prints for missing values, and its own reflection: the
 * oracle for what our replaced nodes must still do. It knows no limits.
 */
public final class ReferenceVelocity {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final RuntimeInstance engine = new RuntimeInstance() {
        @Override
        public Logger getLog(String child) {
            return NOPLogger.NOP_LOGGER;
        }
    };

    ReferenceVelocity() {
        engine.setProperty(RuntimeConstants.PARSER_HYPHEN_ALLOWED, true);
        engine.setProperty(RuntimeConstants.CHECK_EMPTY_OBJECTS, false);
        engine.setProperty(RuntimeConstants.UBERSPECT_CLASSNAME, SecureUberspector.class.getName());
        engine.setProperty(RuntimeConstants.EVENTHANDLER_INVALIDREFERENCES, Nothing.class.getName());
        engine.setProperty(RuntimeConstants.EVENTHANDLER_REFERENCEINSERTION, Nothing.class.getName());
        engine.setProperty(RuntimeConstants.VM_PERM_INLINE_LOCAL, true);
        engine.init();
    }

    String render(String template, Map<String, Object> variables) {
        Context context = new ForgetfulContext();
        variables.forEach(context::put);
        StringWriter out = new StringWriter();
        engine.evaluate(new VelocityContext(context), out, "t", template);
        return out.toString();
    }

    /** Public, as Velocity makes it by name. */
    public static final class Nothing implements InvalidReferenceEventHandler, ReferenceInsertionEventHandler {

        @Override
        public Object invalidGetMethod(Context context, String reference, Object object, String property, Info info) {
            return "";
        }

        @Override
        public boolean invalidSetMethod(Context context, String left, String right, Info info) {
            return false;
        }

        @Override
        public Object invalidMethod(Context context, String reference, Object object, String method, Info info) {
            return "";
        }

        @Override
        public Object referenceInsert(Context context, String reference, Object value) {
            return value == null ? "" : value;
        }
    }

    private static final class ForgetfulContext extends AbstractContext {

        private final Map<String, Object> variables = new HashMap<>();

        @Override
        public Object internalGet(String key) {
            return variables.get(key);
        }

        @Override
        public Object internalPut(String key, Object value) {
            return value == null ? variables.remove(key) : variables.put(key, value);
        }

        @Override
        public boolean internalContainsKey(String key) {
            return variables.containsKey(key);
        }

        @Override
        public String[] internalGetKeys() {
            return variables.keySet().toArray(new String[0]);
        }

        @Override
        public Object internalRemove(String key) {
            return variables.remove(key);
        }
    }

    /** {@code $input}, {@code $util} and the rest, written without any of our own code. */
    static Map<String, Object> tools(String body, Map<String, String> query, Map<String, String> stageVariables) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        context.put("stage", "test");
        context.put("requestOverride", overrides("path", "header", "querystring"));
        context.put("responseOverride", overrides("header"));
        return Map.of(
                "input",
                new Input(body, query),
                "util",
                new Util(),
                "stageVariables",
                new LinkedHashMap<>(stageVariables),
                "context",
                context);
    }

    private static Map<String, Object> overrides(String... names) {
        Map<String, Object> overrides = new LinkedHashMap<>();
        for (String name : names) {
            overrides.put(name, new LinkedHashMap<String, Object>());
        }
        return overrides;
    }

    /** {@code $input}: the body by Jackson, paths by Jayway's JsonPath, query parameters only. */
    public static final class Input {

        private static final ParseContext PATHS = JsonPath.using(Configuration.builder()
                .jsonProvider(new JacksonJsonProvider())
                .mappingProvider(new JacksonMappingProvider())
                .options(Option.SUPPRESS_EXCEPTIONS)
                .build());

        private final String body;
        private final Map<String, String> query;
        private final Object tree;

        Input(String body, Map<String, String> query) {
            this.body = body;
            this.query = query;
            this.tree = tree(body);
        }

        public Object path(String path) {
            Object found = PATHS.parse(tree).read(path);
            return found == null ? "" : wrapped(found);
        }

        public String json(String path) throws JsonProcessingException {
            Object found = PATHS.parse(tree).read(path);
            return found == null ? "\"\"" : JSON.writeValueAsString(found);
        }

        public String getBody() {
            return body;
        }

        public String params(String name) {
            return query.getOrDefault(name, "");
        }

        public Map<String, Object> params() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("path", Map.of());
            all.put("querystring", new LinkedHashMap<>(query));
            all.put("header", Map.of());
            return all;
        }
    }

    /** {@code $util} of what the JDK and Commons Lang have. */
    public static final class Util {

        // deprecated in favour of Commons Text, which nothing else here needs
        @SuppressWarnings("deprecation")
        public String escapeJavaScript(Object text) {
            return StringEscapeUtils.escapeEcmaScript(String.valueOf(text));
        }

        public Object parseJson(String text) {
            return tree(text);
        }

        public String urlEncode(Object text) {
            return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
        }

        public String urlDecode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }

        public String base64Encode(Object text) {
            return Base64.getEncoder().encodeToString(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
        }

        public String base64Decode(String text) {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        }
    }

    private static Object tree(String text) {
        try {
            return wrapped(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object wrapped(Object value) {
        if (value instanceof Map<?, ?> map) {
            Members members = new Members();
            map.forEach((name, member) -> members.put((String) name, wrapped(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            Items items = new Items();
            list.forEach(item -> items.add(wrapped(item)));
            return items;
        }
        return value;
    }

    /** An object of JSON: prints as Java prints a map, and answers an empty string for what it does not have or what is null. */
    public static final class Members extends LinkedHashMap<String, Object> {

        @Override
        public Object get(Object key) {
            Object value = super.get(key);
            return value == null ? "" : value;
        }
    }

    /** A list of JSON: prints as JSON. */
    public static final class Items extends ArrayList<Object> {

        @Override
        public String toString() {
            try {
                return JSON.writeValueAsString(this);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
