package dev.gatehouse.engine.json;

import java.util.Objects;

/**
 * A body that is parsed at most once, and only if somebody asks: validation, expressions and templates of one call share it.
 * Not for use by several threads at the same time.
 */
public final class JsonText {

    private final String text;
    private boolean parsed;
    private boolean repeatsNames;
    private Object tree;
    private MalformedJsonException problem;

    private JsonText(String text) {
        this.text = text;
    }

    /** @param text any text, JSON or not; not null */
    public static JsonText of(String text) {
        return new JsonText(Objects.requireNonNull(text));
    }

    /** The text as it came. */
    public String text() {
        return text;
    }

    /** Whether {@link #text} is one JSON document within {@link JsonLimits#DEFAULT}. Empty text is none. */
    public boolean isJson() {
        parse();
        return problem == null;
    }

    /** Whether an object in the text has two members of one name, so that two readers may read two things. */
    public boolean repeatsNames() {
        parse();
        return repeatsNames;
    }

    /** What the text says; null for JSON null and for text that is not JSON. The same object every time. */
    public Object tree() {
        parse();
        return tree;
    }

    /** Why the text is not JSON; null where it is. */
    public MalformedJsonException problem() {
        parse();
        return problem;
    }

    private void parse() {
        if (parsed) {
            return;
        }
        parsed = true;
        try {
            tree = Json.parse(text, () -> repeatsNames = true);
        } catch (MalformedJsonException e) {
            problem = e;
        }
    }
}
