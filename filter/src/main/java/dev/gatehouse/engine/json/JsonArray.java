package dev.gatehouse.engine.json;

import java.util.ArrayList;
import java.util.Collection;

/** A JSON array. Its {@link #toString} is JSON text. Not thread-safe once somebody changes it. */
public final class JsonArray extends ArrayList<Object> {

    public JsonArray() {}

    public JsonArray(Collection<?> items) {
        super(items);
    }

    @Override
    public String toString() {
        return Json.write(this);
    }
}
