package dev.gatehouse.engine.json;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON object: members in the order of the text. Not thread-safe once somebody changes it.
 *
 * <p>Its {@link #toString} is not JSON but the Java form {@code {foo=bar}} with nested arrays as JSON text, because that is
 * what mapping templates of API Gateway print. {@link Json#write} makes JSON.
 */
public final class JsonObject extends LinkedHashMap<String, Object> {

    public JsonObject() {
        super(8);
    }

    public JsonObject(Map<String, ?> members) {
        super(members);
    }

    @Override
    public String toString() {
        return JavaForm.of(this);
    }
}
