package dev.gatehouse.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Parses documents within given {@link JsonLimits}. Thread-safe. */
public final class JsonReader {

    private final JsonLimits limits;
    private final boolean uniqueNames;
    private final JsonFactory withoutTable;
    private volatile JsonFactory withTable;

    /** Of members of the same name the last wins. */
    public JsonReader(JsonLimits limits) {
        this(limits, false);
    }

    private JsonReader(JsonLimits limits, boolean uniqueNames) {
        this.limits = limits;
        this.uniqueNames = uniqueNames;
        this.withoutTable = factory(false);
        this.withTable = factory(true);
    }

    /** @param table whether names are kept for the documents to come: most have those of the ones before */
    private JsonFactory factory(boolean table) {
        return JsonFactory.builder()
                // Member names come from clients: they must not stay in the JVM's table for ever.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, table)
                // Where many names collide, the rest of that document does without a table.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, uniqueNames)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(limits.numberLength())
                        .maxStringLength(limits.stringLength())
                        .build())
                .build();
    }

    /** For documents that two readers must not read differently: an object that has a name twice is malformed. */
    public static JsonReader ofUniqueNames(JsonLimits limits) {
        return new JsonReader(limits, true);
    }

    /** Parses one document; nothing but white space may follow it. */
    public Object parse(String text) throws MalformedJsonException {
        return parse(text, () -> {});
    }

    /** As above; {@code repeated} runs for each member that has the name of one before it. */
    Object parse(String text, Runnable repeated) throws MalformedJsonException {
        return parse(factory -> factory.createParser(text), repeated);
    }

    /** Parses one document in UTF-8 without byte order mark. */
    public Object parse(byte[] utf8) throws MalformedJsonException {
        requireUtf8(utf8);
        return parse(
                factory -> factory == withoutTable ? factory.createParser(decoded(utf8)) : factory.createParser(utf8),
                () -> {});
    }

    /** Without a table Jackson would read through what is no UTF-8. */
    private static String decoded(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private Object parse(Document document, Runnable repeated) throws MalformedJsonException {
        try {
            return parse(withTable, document, repeated);
        } catch (IllegalStateException e) {
            // Names that collide can break Jackson's table, which the documents to come would find broken: away with
            // it.
            withTable = factory(true);
            return parse(withoutTable, document, repeated);
        }
    }

    private Object parse(JsonFactory factory, Document document, Runnable repeated) throws MalformedJsonException {
        try (JsonParser parser = document.open(factory)) {
            return document(parser, repeated);
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("not UTF-8", 1, 1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private interface Document {
        JsonParser open(JsonFactory factory) throws IOException;
    }

    /** Jackson would guess UTF-16 and UTF-32, and then we would see other text than a backend that reads UTF-8. */
    private static void requireUtf8(byte[] bytes) throws MalformedJsonException {
        int first = bytes.length > 0 ? bytes[0] & 0xff : ' ';
        int second = bytes.length > 1 ? bytes[1] & 0xff : ' ';
        if (first == 0 || second == 0 || first >= 0xef) {
            throw new MalformedJsonException("not UTF-8, or a byte order mark", 1, 1);
        }
    }

    private Object document(JsonParser parser, Runnable repeated) throws IOException, MalformedJsonException {
        try {
            if (parser.nextToken() == null) {
                throw malformed("no value", parser.currentLocation());
            }
            Object value = value(parser, repeated);
            if (parser.nextToken() != null) {
                throw malformed("more than one value", parser.currentTokenLocation());
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw malformed(e.getOriginalMessage(), where);
        }
    }

    private Object value(JsonParser parser, Runnable repeated) throws IOException, MalformedJsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, repeated);
            case START_ARRAY -> array(parser, repeated);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw malformed("unexpected " + parser.currentToken(), parser.currentTokenLocation());
        };
    }

    private JsonObject object(JsonParser parser, Runnable repeated) throws IOException, MalformedJsonException {
        JsonObject object = new JsonObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            int before = object.size();
            object.put(name, value(parser, repeated));
            if (object.size() == before) {
                repeated.run();
            }
        }
        return object;
    }

    private JsonArray array(JsonParser parser, Runnable repeated) throws IOException, MalformedJsonException {
        JsonArray array = new JsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, repeated));
        }
        return array;
    }

    private BigDecimal decimal(JsonParser parser) throws IOException, MalformedJsonException {
        try {
            BigDecimal number = parser.getDecimalValue();
            if (Math.abs((long) number.scale()) <= limits.exponent()) {
                return number;
            }
        } catch (NumberFormatException outOfRange) {
            // Reported below: to us a number that Java cannot hold is as far out of range as one we do not want to
            // hold.
        }
        throw malformed("number out of range", parser.currentTokenLocation());
    }

    private static MalformedJsonException malformed(String problem, JsonLocation where) {
        return new MalformedJsonException(problem, where.getLineNr(), where.getColumnNr());
    }
}
