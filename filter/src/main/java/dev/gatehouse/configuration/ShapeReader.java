package dev.gatehouse.configuration;

import dev.gatehouse.configuration.Shape.Choice;
import dev.gatehouse.configuration.Shape.Document;
import dev.gatehouse.configuration.Shape.Flag;
import dev.gatehouse.configuration.Shape.Fraction;
import dev.gatehouse.configuration.Shape.Key;
import dev.gatehouse.configuration.Shape.Keys;
import dev.gatehouse.configuration.Shape.Listing;
import dev.gatehouse.configuration.Shape.Names;
import dev.gatehouse.configuration.Shape.Referable;
import dev.gatehouse.configuration.Shape.Text;
import dev.gatehouse.configuration.Shape.Whole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Holds the nodes of a file against their shapes and notes all that does not fit. */
final class ShapeReader {

    static final Set<Tag> KNOWN_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private static final Pattern USER_OF_URL = Pattern.compile("//[^/]*@");

    private final String file;
    private final Problems problems;

    ShapeReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @return the value, or null where the node does not fit, which is then noted */
    Found read(Node node, Shape shape, String pointer) {
        Place place = Place.of(file, node.getStartMark(), pointer);
        if (!KNOWN_TAGS.contains(node.getTag())) {
            problems.add(
                    place,
                    "the tag " + quote(node.getTag().getValue()) + " is not allowed; no type is loaded from here");
            return null;
        }
        if (shape instanceof Keys keys) {
            return keys(node, keys, place);
        }
        if (shape instanceof Referable referable) {
            return node instanceof MappingNode
                    ? keys(node, referable.reference(), place)
                    : node instanceof SequenceNode
                            ? mismatch(node, shape, place)
                            : scalar(node, referable.text(), place);
        }
        if (shape instanceof Names names) {
            return names(node, names, place);
        }
        if (shape instanceof Listing listing) {
            return listing(node, listing, place);
        }
        if (shape instanceof Document) {
            return node instanceof MappingNode mapping
                    ? new Found(place, EmbeddedDocument.of(file, mapping, place, problems))
                    : mismatch(node, shape, place);
        }
        return scalar(node, shape, place);
    }

    private Found keys(Node node, Keys shape, Place place) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    place,
                    shape.insteadOfText() != null && node instanceof ScalarNode
                            ? shape.insteadOfText()
                            : expectation(node, shape));
            return new Found(place, Map.of()); // it is there, so that references to it are not wrong as well
        }
        Map<String, Found> values = new LinkedHashMap<>();
        Map<String, Place> present = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = name(tuple, place, present);
            if (name == null) {
                continue;
            }
            shape.key(name)
                    .ifPresentOrElse(
                            key -> put(values, name, read(tuple.getValueNode(), key.shape(), place.inside(name))),
                            () -> problems.add(present.get(name), strange(name, shape)));
        }
        completeness(shape, place, present);
        return new Found(place, values);
    }

    private static String strange(String name, Keys shape) {
        String reason = shape.refused().get(name);
        if (reason != null) {
            return "not here: " + reason;
        }
        List<String> known = shape.keys().stream().map(Key::name).toList();
        String suggestion = Spelling.suggestion(name, known);
        return "unknown key" + (suggestion.isEmpty() ? "; known here: " + String.join(", ", known) : suggestion);
    }

    private void completeness(Keys shape, Place place, Map<String, Place> present) {
        for (Key key : shape.keys()) {
            if (key.required() && !present.containsKey(key.name())) {
                problems.add(place, missing(key));
            }
        }
        for (List<String> group : shape.oneOf()) {
            List<String> there = group.stream().filter(present::containsKey).toList();
            if (there.isEmpty()) {
                problems.add(place, "one of the keys " + String.join(", ", group) + " is missing");
            }
            there.stream()
                    .skip(1)
                    .forEach(name -> problems.add(
                            present.get(name), "only one of the keys " + String.join(", ", group) + " may be here"));
        }
        for (String name : new TreeSet<>(shape.onlyWith().keySet())) {
            String other = shape.onlyWith().get(name);
            if (present.containsKey(name) && !present.containsKey(other)) {
                problems.add(present.get(name), "has a meaning only beside the key \"" + other + '"');
            }
        }
    }

    private static String missing(Key key) {
        String missing = "the key \"" + key.name() + "\" is missing";
        return key.shape() instanceof Text text ? missing + "; it is " + text.says() : missing;
    }

    private Found names(Node node, Names shape, Place place) {
        if (!(node instanceof MappingNode mapping)) {
            return mismatch(node, shape, place);
        }
        Map<String, Found> values = new LinkedHashMap<>();
        Map<String, Place> present = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = name(tuple, place, present);
            if (name == null) {
                continue;
            }
            String fault = fault(name, shape.name());
            if (fault != null) {
                problems.add(present.get(name), "the name is wrong: " + fault);
            }
            put(values, name, read(tuple.getValueNode(), shape.value(), place.inside(name)));
        }
        return new Found(place, values);
    }

    /** @return the key of this entry, or null where it is none or there already, which is then noted */
    private String name(NodeTuple tuple, Place mapping, Map<String, Place> present) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode scalar) || !KNOWN_TAGS.contains(key.getTag())) {
            problems.add(Place.of(file, key.getStartMark(), mapping.pointer()), "a key must be plain text");
            return null;
        }
        String name = scalar.getValue();
        Place here = Place.of(file, key.getStartMark(), mapping.inside(cut(name)));
        Place before = present.putIfAbsent(name, here);
        if (before != null) {
            problems.add(here, "the key is there already, in line " + before.line());
            return null;
        }
        return name;
    }

    private Found listing(Node node, Listing shape, Place place) {
        if (!(node instanceof SequenceNode sequence)) {
            return mismatch(node, shape, place);
        }
        List<Node> nodes = sequence.getValue();
        if (nodes.size() < shape.minItems()) {
            problems.add(place, "expected at least " + shape.minItems() + " entry, found none");
        }
        List<Found> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Found item = read(nodes.get(i), shape.item(), place.inside(Integer.toString(i)));
            if (item != null) {
                items.add(item);
            }
        }
        return new Found(place, items);
    }

    private Found scalar(Node node, Shape shape, Place place) {
        if (!(node instanceof ScalarNode scalar)) {
            return mismatch(node, shape, place);
        }
        String raw = scalar.getValue();
        Tag tag = node.getTag();
        if (shape instanceof Flag && tag.equals(Tag.BOOL)) {
            return new Found(place, Boolean.valueOf(raw));
        }
        if (shape instanceof Whole whole && tag.equals(Tag.INT)) {
            return number(raw, whole.min(), whole.max())
                    ? new Found(place, Long.valueOf(raw))
                    : mismatch(node, shape, place);
        }
        if (shape instanceof Fraction fraction && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))) {
            return number(raw, fraction.min(), fraction.max())
                    ? new Found(place, Double.valueOf(raw))
                    : mismatch(node, shape, place);
        }
        boolean textual = shape instanceof Text || shape instanceof Choice;
        if (textual && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL))) {
            return wrong(place, "expected text, found " + describe(node) + "; put it in quotes: \"" + cut(raw) + '"');
        }
        if (textual && tag.equals(Tag.STR)) {
            String fault = fault(raw, shape);
            return fault == null ? new Found(place, raw) : wrong(place, fault);
        }
        return mismatch(node, shape, place);
    }

    /** Digits without end are not worth a big number: a hundred say enough. */
    private static boolean number(String raw, long min, long max) {
        if (raw.length() > 100) {
            return false;
        }
        BigDecimal number = new BigDecimal(raw);
        return number.compareTo(BigDecimal.valueOf(min)) >= 0 && number.compareTo(BigDecimal.valueOf(max)) <= 0;
    }

    /** @return what is wrong with a text, or null */
    static String fault(String text, Shape shape) {
        if (shape instanceof Choice choice) {
            return choice.values().contains(text)
                    ? null
                    : "expected " + choice.expected() + ", found " + quote(text)
                            + Spelling.suggestion(text, choice.values());
        }
        Text rule = (Text) shape;
        if (text.length() < rule.minLength() || text.length() > rule.maxLength()) {
            return "expected " + rule.says() + ", found "
                    + (text.isEmpty() ? "empty text" : text.length() + " characters");
        }
        if (rule.pattern() != null && !rule.pattern().matcher(text).matches()) {
            return "expected " + rule.says() + ", found " + quote(text);
        }
        return rule.fault().apply(text).map(wrong -> quote(text) + ' ' + wrong).orElse(null);
    }

    private Found mismatch(Node node, Shape shape, Place place) {
        return wrong(place, expectation(node, shape));
    }

    private static String expectation(Node node, Shape shape) {
        return "expected " + shape.expected() + ", found " + describe(node);
    }

    private Found wrong(Place place, String message) {
        problems.add(place, message);
        return null;
    }

    private static void put(Map<String, Found> values, String name, Found value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static String describe(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String raw = ((ScalarNode) node).getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return "nothing";
        }
        if (node.getTag().equals(Tag.STR)) {
            return "the text " + quote(raw);
        }
        return (node.getTag().equals(Tag.BOOL) ? "" : "the number ") + cut(raw);
    }

    /** For messages, which end in logs: short, without line breaks of the author's choice, without a password in a URL. */
    static String quote(String text) {
        return '"' + cut(text) + '"';
    }

    private static String cut(String text) {
        String anonymous = USER_OF_URL.matcher(text).replaceFirst("//***@");
        String shown = anonymous.length() <= 60 ? anonymous : anonymous.substring(0, 60) + "...";
        return shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
