package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place in the document that may be empty. Reading a value of the wrong type reports it and answers as if it were absent, so
 * that reading goes on and finds the rest. A JSON null counts as absent.
 */
final class Cursor {

    private final Report report;
    private final Cursor parent;
    private final String name;
    private final JsonNode node;

    private Cursor(Report report, Cursor parent, String name, JsonNode node) {
        this.report = report;
        this.parent = parent;
        this.name = name;
        this.node = node;
    }

    static Cursor root(JsonNode node, Report report) {
        return new Cursor(report, null, "", node);
    }

    Cursor at(String member) {
        report.step();
        JsonNode value = node.get(member);
        return new Cursor(report, this, member, value == null ? MissingNode.getInstance() : value);
    }

    Cursor root() {
        return parent == null ? this : parent.root();
    }

    /** The name under which this place is reached; empty for the root. */
    String name() {
        return name;
    }

    JsonNode node() {
        return node;
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** Built on demand: most places have nothing wrong with them. */
    String pointer() {
        return parent == null
                ? ""
                : parent.pointer() + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    void error(String message) {
        report.error(pointer(), message);
    }

    void warn(String message) {
        report.warn(pointer(), message);
    }

    /** Members of an object in document order; none, and an error, if this is present but no object. */
    List<Cursor> members() {
        List<Cursor> members = new ArrayList<>();
        if (is(node.isObject(), "an object")) {
            node.properties().forEach(entry -> {
                report.step();
                members.add(new Cursor(report, this, entry.getKey(), entry.getValue()));
            });
        }
        return members;
    }

    /** Members whose name is not that of an extension. */
    List<Cursor> ownMembers() {
        List<Cursor> members = members();
        members.removeIf(member -> member.name.startsWith("x-"));
        return members;
    }

    List<Cursor> items() {
        List<Cursor> items = new ArrayList<>();
        if (is(node.isArray(), "a list")) {
            for (int i = 0; i < node.size(); i++) {
                report.step();
                items.add(new Cursor(report, this, Integer.toString(i), node.get(i)));
            }
        }
        return items;
    }

    /** Whether this is an object; an error if it is present and something else. */
    boolean isObject() {
        return is(node.isObject(), "an object");
    }

    /** @return null if absent */
    String text() {
        return is(node.isTextual(), "text") ? node.textValue() : null;
    }

    /** Text, or a number written as such: versions and status codes come in both shapes. */
    String label() {
        return is(node.isTextual() || node.isNumber(), "text") ? node.asText() : null;
    }

    /** @return text of a member; null, and an error, if it is absent, empty, or no text */
    String requiredAt(String member) {
        Cursor place = at(member);
        String text = place.text();
        if (!place.isPresent() || text != null && text.isEmpty()) {
            error("'" + member + "' is required");
            return null;
        }
        return text;
    }

    boolean flag(boolean absent) {
        return is(node.isBoolean(), "true or false") ? node.booleanValue() : absent;
    }

    /** @return null if absent; a text of digits counts as a number */
    Integer integer(int least, int most) {
        if (!isPresent()) {
            return null;
        }
        boolean digits = node.isTextual() && node.textValue().matches("-?[0-9]{1,9}");
        if (digits || node.isIntegralNumber() && node.canConvertToInt()) {
            int value = digits ? Integer.parseInt(node.textValue()) : node.intValue();
            if (value >= least && value <= most) {
                return value;
            }
        }
        error("must be a whole number from " + least + " to " + most);
        return null;
    }

    /** @return the constant of that name without regard to case; null if absent or unknown, the latter with an error */
    <E extends Enum<E>> E constant(Class<E> type) {
        String text = text();
        if (text == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        List<String> names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
        error("unknown value '" + Texts.cut(text) + "'" + Texts.suggestion(text, names));
        return null;
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Cursor item : items()) {
            String text = item.requiredItem();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private String requiredItem() {
        if (!isPresent()) {
            error("must be text");
        }
        return text();
    }

    Map<String, String> textMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Cursor member : members()) {
            String text = member.requiredItem();
            if (text != null) {
                map.put(member.name, text);
            }
        }
        return map;
    }

    /** Every other name than these is an error. */
    void allowOnly(Collection<String> known) {
        for (Cursor member : members()) {
            if (!known.contains(member.name)) {
                member.error("unknown field '" + Texts.cut(member.name) + "'" + Texts.suggestion(member.name, known));
            }
        }
    }

    /** Every other name than these, extensions, and what has a problem already is a warning: API Gateway reads past it. */
    void expectOnly(Collection<String> known, String what) {
        for (Cursor member : ownMembers()) {
            if (!known.contains(member.name) && !report.hasProblemAt(member.pointer())) {
                member.warn("'" + Texts.cut(member.name) + "' is not a field of " + what + " and was not read"
                        + Texts.suggestion(
                                member.name,
                                known.stream()
                                        .filter(name -> !name.startsWith("$"))
                                        .collect(Collectors.toSet())));
            }
        }
    }

    private boolean is(boolean fits, String what) {
        if (!fits && isPresent()) {
            error("must be " + what);
        }
        return fits;
    }
}
