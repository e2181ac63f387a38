package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.JsonArray;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** {@code $input}, as far as the comparison uses it. */
    public static final class Input {

        private final Map<String, Object> tree = new Members(Map.of(
                "s",
                "text",
                "n",
                7,
                "b",
                true,
                "list",
                new JsonArray(List.of(1, 2, 3)),
                "o",
                new Members(Map.of("x", "y"))));

        public Object path(String path) {
            return tree;
        }

        public String getBody() {
            return DifferentialTest.BODY;
        }
    }

    /** An object of JSON that answers an empty string for what it does not have. */
    public static final class Members extends LinkedHashMap<String, Object> {

        Members(Map<String, Object> members) {
            super(members);
        }

        @Override
        public Object get(Object key) {
            return getOrDefault(key, "");
        }
    }
}
