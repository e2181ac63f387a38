package dev.gatehouse.engine.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy's JSON as plain values: maps, lists and strings; numbers and booleans as {@link Scalar}. A member that is there twice
 * is a problem: two readers could read two policies.
 */
final class PolicyTree {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    /** A number, a boolean or null, as written. */
    record Scalar(String text, boolean isNull) {}

    private final Problems problems;

    private PolicyTree(Problems problems) {
        this.problems = problems;
    }

    /** @return null where the text is no JSON, which is a problem then */
    static Object read(String text, Problems problems) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.add("", "is empty");
                return null;
            }
            Object tree = new PolicyTree(problems).value(parser, "");
            if (parser.nextToken() != null) {
                problems.add("", "goes on after its end");
            }
            return tree;
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            problems.add(
                    "",
                    "is not JSON, or nested too deeply"
                            + (place == null
                                    ? ""
                                    : ", at line " + place.getLineNr() + ", column " + place.getColumnNr()));
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Object value(JsonParser parser, String pointer) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser, pointer);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser, Problems.at(pointer, list.size())));
            }
            return list;
        }
        return token == JsonToken.VALUE_STRING
                ? parser.getText()
                : new Scalar(parser.getText(), token == JsonToken.VALUE_NULL);
    }

    private Map<String, Object> object(JsonParser parser, String pointer) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String place = Problems.at(pointer, name);
            parser.nextToken();
            Object value = value(parser, place);
            if (members.containsKey(name)) {
                problems.add(place, "is there more than once");
            }
            members.put(name, value);
        }
        return members;
    }
}
