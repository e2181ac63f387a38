package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.JsonQueryCache;
import java.util.function.LongSupplier;
import org.apache.velocity.Template;
import org.apache.velocity.exception.ExtendedParseException;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/** Compiles mapping templates. One per gateway is enough; thread-safe. */
public final class TemplateEngine {

    private static final int CACHED_PATHS = 1_000;

    private final TemplateLimits limits;
    private final LongSupplier nanos;
    private final VelocityRuntime velocity;
    private final JsonQueryCache queries = new JsonQueryCache(CACHED_PATHS);

    public TemplateEngine(TemplateLimits limits) {
        this(limits, System::nanoTime);
    }

    /** @param nanos a clock as {@link System#nanoTime} */
    public TemplateEngine(TemplateLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.velocity = new VelocityRuntime(limits);
    }

    /**
     * Parses a template once and for all. White space around it does not count. Macros it defines are its own.
     *
     * @param name for messages, such as {@code POST /pets, request template application/json}
     * @throws TemplateSyntaxException where the text is not VTL, or uses {@code #include}, {@code #parse} or
     *     {@code #evaluate}
     */
    public MappingTemplate compile(String name, String source) throws TemplateSyntaxException {
        String text = source.strip();
        Template template = new Template();
        template.setRuntimeServices(velocity);
        template.setName(name);
        try {
            SimpleNode tree = velocity.parseTemplate(text, template);
            template.setData(tree);
            template.initDocument();
            return new MappingTemplate(template, tree, text.length(), limits, nanos, queries);
        } catch (Failure e) {
            throw new TemplateSyntaxException(name, e.line(), e.column(), e.getMessage());
        } catch (ParseException | RuntimeException e) {
            throw syntax(name, e);
        } catch (StackOverflowError e) {
            throw new TemplateSyntaxException(name, 0, 0, "nested too deeply");
        }
    }

    private static TemplateSyntaxException syntax(String name, Exception e) {
        String problem = firstLine(String.valueOf(e.getMessage()));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExtendedParseException where && where.getLineNumber() > 0) {
                return new TemplateSyntaxException(name, where.getLineNumber(), where.getColumnNumber(), problem);
            }
            if (cause instanceof ParseException where
                    && where.currentToken != null
                    && where.currentToken.next != null) {
                return new TemplateSyntaxException(
                        name, where.currentToken.next.beginLine, where.currentToken.next.beginColumn, problem);
            }
        }
        return new TemplateSyntaxException(name, 0, 0, problem);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).strip();
    }
}
