package dev.gatehouse.engine.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that a template made, such as <code>{"a": 1}</code>, or sees. As {@link TemplateList} safe to print. */
class TemplateMap extends LinkedHashMap<String, Object> {

    TemplateMap() {}

    TemplateMap(Map<?, ?> members) {
        members.forEach((key, value) -> put(String.valueOf(key), value));
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
