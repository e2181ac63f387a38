package dev.gatehouse.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A JSON document that is written in YAML inside of the file: as text for its own reader, which knows JSON pointers only. */
final class EmbeddedDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper WRITER = new ObjectMapper();

    /** More is no document but an alias that leads into itself. */
    private static final int MOST_VALUES = 10_000;

    private final String file;
    private final Problems problems;
    private final Map<String, Place> places = new HashMap<>();
    private final String root;
    private int values;
    private String text;

    private EmbeddedDocument(String file, String root, Problems problems) {
        this.file = file;
        this.root = root;
        this.problems = problems;
    }

    static EmbeddedDocument of(String file, MappingNode node, Place place, Problems problems) {
        EmbeddedDocument document = new EmbeddedDocument(file, place.pointer(), problems);
        JsonNode tree = document.read(node, place, 0);
        if (document.values > MOST_VALUES) {
            problems.add(place, "has more than " + MOST_VALUES + " values, or leads into itself");
        }
        try {
            document.text = WRITER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
        return document;
    }

    String text() {
        return text;
    }

    /** @return where that stands, or what is around it */
    Place at(String pointer) {
        String inner = pointer;
        while (!places.containsKey(inner)) {
            inner = inner.substring(0, inner.lastIndexOf('/'));
        }
        return places.get(inner);
    }

    private JsonNode read(Node node, Place place, int depth) {
        values = depth > ConfigurationFile.MAX_DEPTH ? MOST_VALUES + 1 : values + 1;
        if (values > MOST_VALUES) {
            return JSON.nullNode();
        }
        places.put(place.pointer().substring(root.length()), place);
        if (!ShapeReader.KNOWN_TAGS.contains(node.getTag())) {
            problems.add(
                    place,
                    "the tag " + ShapeReader.quote(node.getTag().getValue())
                            + " is not allowed; no type is loaded from here");
            return JSON.nullNode();
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, place, depth + 1);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(read(item, at(item, place, Integer.toString(array.size())), depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, Place place, int depth) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || !ShapeReader.KNOWN_TAGS.contains(key.getTag())) {
                problems.add(
                        Place.of(file, tuple.getKeyNode().getStartMark(), place.pointer()), "a key must be plain text");
            } else if (object.has(key.getValue())) {
                problems.add(at(key, place, key.getValue()), "the key is there already");
            } else {
                object.set(
                        key.getValue(),
                        read(tuple.getValueNode(), at(tuple.getValueNode(), place, key.getValue()), depth));
            }
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) {
        String raw = node.getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(raw));
        }
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        return number && raw.length() <= 100 ? DecimalNode.valueOf(new BigDecimal(raw)) : JSON.textNode(raw);
    }

    private Place at(Node node, Place around, String key) {
        return Place.of(file, node.getStartMark(), around.inside(key));
    }
}
