package dev.gatehouse.engine.template;

/** A template that cannot be compiled, or uses what templates may not use. */
public final class TemplateSyntaxException extends Exception {

    private final String template;
    private final int line;
    private final int column;

    TemplateSyntaxException(String template, int line, int column, String problem) {
        super(template + (line > 0 ? ", line " + line + ", column " + column : "") + ": " + problem);
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
