package dev.gatehouse.engine.template;

import java.util.ArrayList;
import java.util.Collection;

/** A list that a template made, such as {@code ["a", "b"]}. May contain itself, and then says so instead of running for ever. */
final class TemplateList extends ArrayList<Object> {

    TemplateList(Collection<?> items) {
        super(items);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
