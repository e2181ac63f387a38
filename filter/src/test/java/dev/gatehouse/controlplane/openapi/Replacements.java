package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A document once for each value in it, with that value replaced. */
final class Replacements {

    private Replacements() {}

    static List<String> everywhere(JsonNode tree, JsonNode value) {
        List<String> texts = new ArrayList<>();
        replace(tree, tree, value, texts);
        return texts;
    }

    private static void replace(JsonNode root, JsonNode place, JsonNode value, List<String> texts) {
        if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode kept = object.get(name);
                object.set(name, value);
                texts.add(root.toString());
                object.set(name, kept);
                replace(root, kept, value, texts);
            }
        } else if (place instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode kept = array.get(i);
                array.set(i, value);
                texts.add(root.toString());
                array.set(i, kept);
                replace(root, kept, value, texts);
            }
        }
    }
}
