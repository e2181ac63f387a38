package dev.gatehouse.engine.json;

/**
 * A JSONPath, compiled. The language is Jayway's, which is the one that API Gateway speaks. Immutable and thread-safe.
 *
 * <p>Two things are refused when compiled: regular expressions in filters, which can run for ever, and paths longer than
 * {@link #MAX_LENGTH}.
 */
public abstract sealed class JsonQuery permits DefinitePath, JaywayPath {

    /** What {@link #read} answers where the path leads nowhere: JSON null is a value. */
    public static final Object MISSING = new Object() {
        @Override
        public String toString() {
            return "";
        }
    };

    /** Characters of a path. */
    public static final int MAX_LENGTH = 2_000;

    /** How often one {@link #read} may look at a value of the document. */
    public static final int MAX_STEPS = 3_000_000;

    private final String path;

    JsonQuery(String path) {
        this.path = path;
    }

    /** @throws InvalidJsonPathException if the text is no JSONPath, or one that is refused */
    public static JsonQuery compile(String path) {
        if (path.length() > MAX_LENGTH) {
            throw new InvalidJsonPathException("JSONPath longer than " + MAX_LENGTH + " characters");
        }
        JsonQuery simple = DefinitePath.parse(path);
        return simple != null ? simple : JaywayPath.parse(path);
    }

    /**
     * @param root what {@link Json#parse} made; null is JSON null
     * @return for a definite path the value or {@link #MISSING}; for an indefinite one, such as {@code $..x}, a
     *     {@link JsonArray} of all matches, possibly empty
     * @throws QueryLimitException after {@link #MAX_STEPS}
     */
    public final Object read(Object root) {
        return read(root, () -> {});
    }

    /** As {@link #read(Object)}; {@code look} runs for most looks at a value, and may throw to end it. */
    public abstract Object read(Object root, Runnable look);

    /** The text this was compiled from. */
    public final String path() {
        return path;
    }

    @Override
    public final String toString() {
        return path;
    }
}
