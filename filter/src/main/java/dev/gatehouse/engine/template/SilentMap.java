package dev.gatehouse.engine.template;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** A part of {@code $context} such as {@code identity}: it can be looked into, but prints as nothing. Recorded on AWS. */
final class SilentMap extends AbstractMap<String, Object> {

    private final Map<String, Object> live;

    /** @param live changes go through to it, either way */
    SilentMap(Map<String, Object> live) {
        this.live = live;
    }

    @Override
    public Object get(Object key) {
        return live.get(key);
    }

    @Override
    public Object put(String key, Object value) {
        return live.put(key, value);
    }

    @Override
    public boolean containsKey(Object key) {
        return live.containsKey(key);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return live.entrySet();
    }

    @Override
    public String toString() {
        return "";
    }
}
