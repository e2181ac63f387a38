package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * One YAML document to a tree, straight from the parser's events: nothing is constructed but JSON values. Plain scalars are
 * read by the core schema of YAML 1.2, so {@code yes}, {@code on} and a date are text. An alias shares the tree of its anchor,
 * and what it would add if it were written out counts against the limit of a document.
 */
final class YamlTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?");
    private static final String MERGE = "<<";
    private static final String CORE = "tag:yaml.org,2002:";
    private static final Set<String> TAGS = Set.of("str", "int", "float", "bool", "null", "map", "seq");

    private static final String TOO_DEEP = "nested deeper than " + SafeDocument.MAX_DEPTH + " levels";

    private record Anchored(JsonNode node, long weight, int height) {}

    private final Iterator<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long weight;
    private int deepest;

    private YamlTree(Iterator<Event> events) {
        this.events = events;
    }

    static JsonNode parse(String text) throws Unreadable {
        checkLines(text);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SafeDocument.MAX_BYTES);
        try {
            return new YamlTree(new Yaml(new SafeConstructor(options))
                            .parse(new StringReader(text))
                            .iterator())
                    .document();
        } catch (YAMLException e) {
            throw new Unreadable(e.getMessage()
                    .lines()
                    .limit(4)
                    .reduce((a, b) -> a + " " + b.strip())
                    .orElse("not YAML"));
        }
    }

    /** The scanner takes quadratic time over what stands on one line: 20 seconds for 6 MB of blanks. */
    private static void checkLines(String text) throws Unreadable {
        int start = 0;
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                start = i + 1;
                line += c == '\n' ? 1 : 0;
            } else if (i - start >= SafeDocument.MAX_YAML_LINE) {
                throw new Unreadable("a line is longer than " + SafeDocument.MAX_YAML_LINE + " characters (line " + line
                        + "); write the document as JSON, or break the line");
            }
        }
    }

    private JsonNode document() throws Unreadable {
        Event event = events.next();
        while (event instanceof StreamStartEvent || event instanceof DocumentStartEvent) {
            event = events.next();
        }
        if (!(event instanceof NodeEvent)) {
            throw new Unreadable("the document is empty");
        }
        JsonNode root = node(event, 0);
        if (events.next() instanceof DocumentEndEvent && events.next() instanceof DocumentStartEvent) {
            throw new Unreadable("there is more than one document in the text");
        }
        return root;
    }

    private JsonNode node(Event event, int depth) throws Unreadable {
        if (depth > SafeDocument.MAX_DEPTH) {
            throw at(event, TOO_DEEP);
        }
        if (event instanceof AliasEvent alias) {
            Anchored target = anchors.get(alias.getAnchor());
            if (target == null) {
                throw at(event, "alias '*" + alias.getAnchor() + "' stands inside its own anchor, or has none");
            }
            if (depth + target.height() > SafeDocument.MAX_DEPTH) {
                throw at(event, TOO_DEEP);
            }
            deepest = Math.max(deepest, depth + target.height());
            grow(target.weight(), event);
            return target.node();
        }
        long before = weight;
        int deepestSoFar = deepest;
        deepest = depth;
        JsonNode node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar);
        } else if (event instanceof SequenceStartEvent start) {
            checkTag(start.getTag(), event);
            node = sequence(depth);
        } else if (event instanceof MappingStartEvent start) {
            checkTag(start.getTag(), event);
            node = mapping(depth);
        } else {
            throw at(event, "unexpected " + event.getEventId());
        }
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, weight - before, deepest - depth));
        }
        deepest = Math.max(deepest, deepestSoFar);
        return node;
    }

    private ArrayNode sequence(int depth) throws Unreadable {
        ArrayNode array = NODES.arrayNode();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            grow(1, event);
            array.add(node(event, depth + 1));
        }
        return array;
    }

    private ObjectNode mapping(int depth) throws Unreadable {
        ObjectNode object = NODES.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw at(event, "a name must be plain text");
            }
            checkTag(key.getTag(), event);
            String name = key.getValue();
            if (name.length() > SafeDocument.MAX_NAME) {
                throw at(event, "a name is longer than " + SafeDocument.MAX_NAME + " characters");
            }
            grow(1 + name.length(), event);
            JsonNode value = node(events.next(), depth + 1);
            if (name.equals(MERGE) && key.getScalarStyle() == ScalarStyle.PLAIN) {
                collectMerged(value, merged, event);
            } else if (object.has(name)) {
                throw at(event, "duplicate name '" + name + "'");
            } else {
                object.set(name, value);
            }
        }
        // Names of the mapping itself win over merged ones, and earlier merged ones over later.
        for (JsonNode other : merged) {
            other.properties().forEach(entry -> object.putIfAbsent(entry.getKey(), entry.getValue()));
        }
        return object;
    }

    private static void collectMerged(JsonNode value, List<JsonNode> merged, Event event) throws Unreadable {
        List<JsonNode> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(values::add);
        } else {
            values.add(value);
        }
        for (JsonNode each : values) {
            if (!each.isObject()) {
                throw at(event, "'<<' merges mappings only");
            }
            merged.add(each);
        }
    }

    private JsonNode scalar(ScalarEvent event) throws Unreadable {
        String text = event.getValue();
        grow(1 + text.length(), event);
        checkTag(event.getTag(), event);
        String tag = event.getTag();
        if (tag != null && tag.equals(CORE + "str") || tag == null && event.getScalarStyle() != ScalarStyle.PLAIN) {
            return NODES.textNode(text);
        }
        JsonNode value = plain(text, event);
        boolean fits = tag == null
                || switch (tag.substring(CORE.length())) {
                    case "int" -> value.isIntegralNumber();
                    case "float" -> value.isNumber();
                    case "bool" -> value.isBoolean();
                    default -> value.isNull();
                };
        if (!fits) {
            throw at(event, "'" + Texts.cut(text) + "' does not fit its tag");
        }
        return value;
    }

    private static JsonNode plain(String text, Event event) throws Unreadable {
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return NODES.nullNode();
            case "true", "True", "TRUE":
                return NODES.booleanNode(true);
            case "false", "False", "FALSE":
                return NODES.booleanNode(false);
            default:
        }
        char first = text.charAt(0);
        if (first != '-' && first != '+' && (first < '0' || first > '9')) {
            return NODES.textNode(text);
        }
        boolean integer = INTEGER.matcher(text).matches();
        if (!integer && !DECIMAL.matcher(text).matches()) {
            return NODES.textNode(text);
        }
        if (text.length() > SafeDocument.MAX_DIGITS) {
            throw at(event, "a number is longer than " + SafeDocument.MAX_DIGITS + " characters");
        }
        return integer ? integer(new BigInteger(text)) : NODES.numberNode(new BigDecimal(text));
    }

    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    private static void checkTag(String tag, Event event) throws Unreadable {
        // "!" is the explicit "no particular type", which is what a quoted scalar says anyway.
        if (tag != null && !(tag.startsWith(CORE) && TAGS.contains(tag.substring(CORE.length())))) {
            throw at(event, "tag '" + Texts.cut(tag) + "' is not supported");
        }
    }

    private void grow(long more, Event event) throws Unreadable {
        weight += more;
        if (weight > SafeDocument.MAX_BYTES) {
            throw at(
                    event,
                    "with its aliases written out the document is larger than " + SafeDocument.MAX_BYTES + " bytes");
        }
    }

    private static Unreadable at(Event event, String message) {
        return event.getStartMark() == null
                ? new Unreadable(message)
                : new Unreadable(message + " (line " + (event.getStartMark().getLine() + 1) + ", column "
                        + (event.getStartMark().getColumn() + 1) + ")");
    }
}
