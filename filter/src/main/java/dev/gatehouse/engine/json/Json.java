package dev.gatehouse.engine.json;

/**
 * JSON text to values and back. A value is a {@link JsonObject}, {@link JsonArray}, String, Integer, Long, BigInteger,
 * BigDecimal, Boolean, or null. Numbers keep their digits: {@code 1.10} stays {@code 1.10}. Of members of the same name the
 * last wins. Thread-safe.
 */
public final class Json {

    private static final JsonReader READER = new JsonReader(JsonLimits.DEFAULT);

    private Json() {}

    /** Parses one document within {@link JsonLimits#DEFAULT}; nothing but white space may follow it. */
    public static Object parse(String text) throws MalformedJsonException {
        return READER.parse(text);
    }

    /** As {@link #parse(String)}; {@code repeated} runs for each member that has the name of one before it. */
    static Object parse(String text, Runnable repeated) throws MalformedJsonException {
        return READER.parse(text, repeated);
    }

    /** Parses one document in UTF-8 without byte order mark within {@link JsonLimits#DEFAULT}. */
    public static Object parse(byte[] utf8) throws MalformedJsonException {
        return READER.parse(utf8);
    }

    /**
     * Compact JSON text. Besides what {@link #parse} makes, any Map, Iterable and Number will do; everything else is written as
     * the string of its {@code toString}.
     *
     * @throws IllegalArgumentException if the value contains itself, or a number that JSON does not have
     */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder(128);
        new JsonWriter(out).write(value, 0);
        return out.toString();
    }
}
