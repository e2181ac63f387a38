package dev.gatehouse.engine.json;

import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import java.io.InputStream;

/** Shows our trees to Jayway for one read, and counts how much of them it looks at. */
final class TreeProvider extends AbstractJsonProvider {

    private final String path;
    private final Runnable look;
    private int steps;

    TreeProvider(String path, Runnable look) {
        this.path = path;
        this.look = look;
    }

    private void step() {
        if (++steps > JsonQuery.MAX_STEPS) {
            throw new QueryLimitException(path);
        }
        look.run();
    }

    @Override
    public boolean isArray(Object value) {
        step();
        return super.isArray(value);
    }

    @Override
    public boolean isMap(Object value) {
        step();
        return super.isMap(value);
    }

    @Override
    public Object getArrayIndex(Object array, int index) {
        step();
        return super.getArrayIndex(array, index);
    }

    @Override
    public Object getMapValue(Object map, String key) {
        step();
        return super.getMapValue(map, key);
    }

    @Override
    public Object createArray() {
        return new JsonArray();
    }

    @Override
    public Object createMap() {
        return new JsonObject();
    }

    @Override
    public String toJson(Object value) {
        return Json.write(value);
    }

    @Override
    public Object parse(String json) {
        try {
            return Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new InvalidJsonException(e);
        }
    }

    @Override
    public Object parse(InputStream json, String charset) {
        throw new InvalidJsonException("documents come as trees");
    }
}
