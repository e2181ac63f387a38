package dev.gatehouse.engine.template;

/** A rendering that failed or cost too much. API Gateway answers 500 and logs "Unable to transform request" or "response". */
public final class TemplateRenderException extends Exception {

    private final String template;
    private final int line;
    private final int column;

    TemplateRenderException(String template, int line, int column, String problem, Throwable cause) {
        super(
                line > 0
                        ? template + ", line " + line + ", column " + column + ": " + problem
                        : template + ": " + problem);
        initCause(cause);
        this.template = template;
        this.line = line;
        this.column = column;
    }

    /** The name given to {@link TemplateEngine#compile}. */
    public String template() {
        return template;
    }

    /** From 1; 0 where unknown. Of the trimmed template. */
    public int line() {
        return line;
    }

    /** From 1; 0 where unknown. */
    public int column() {
        return column;
    }
}
