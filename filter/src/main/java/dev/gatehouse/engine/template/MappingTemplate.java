package dev.gatehouse.engine.template;

import dev.gatehouse.engine.json.JsonQueryCache;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.velocity.Template;
import org.apache.velocity.exception.MethodInvocationException;
import org.apache.velocity.runtime.directive.StopCommand;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/** A compiled mapping template. Immutable and thread-safe: every rendering has variables of its own. */
public final class MappingTemplate {

    private final Template template;
    private final SimpleNode tree;
    private final int length;
    private final TemplateLimits limits;
    private final LongSupplier nanos;
    private final JsonQueryCache queries;

    MappingTemplate(
            Template template,
            SimpleNode tree,
            int length,
            TemplateLimits limits,
            LongSupplier nanos,
            JsonQueryCache queries) {
        this.template = template;
        this.tree = tree;
        this.length = length;
        this.limits = limits;
        this.nanos = nanos;
        this.queries = queries;
    }

    /** The name given to {@link TemplateEngine#compile}. */
    public String name() {
        return template.getName();
    }

    /**
     * The text the template makes of this call; what it sets in {@code $context.requestOverride} and
     * {@code $context.responseOverride} is in the call's overrides afterwards, also after a failure.
     */
    public String render(TemplateCall call) throws TemplateRenderException {
        Budget budget = new Budget(limits, nanos);
        Output output = new Output(length + 256, budget);
        try {
            tree.render(new RenderScope(call, queries, budget, template), output);
            requireTime(budget);
        } catch (StopCommand stop) {
            // #stop: what there is so far is the result.
        } catch (Failure e) {
            throw new TemplateRenderException(name(), e.line(), e.column(), e.getMessage(), e.getCause());
        } catch (MethodInvocationException e) {
            throw new TemplateRenderException(name(), e.getLineNumber(), e.getColumnNumber(), e.getMessage(), e);
        } catch (RuntimeException | IOException e) {
            throw new TemplateRenderException(name(), 0, 0, e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new TemplateRenderException(name(), 0, 0, "nested too deeply", null);
        }
        return output.toString();
    }

    /** What took so long may have been a single step: then it is noticed at the end, and the last part is named. */
    private void requireTime(Budget budget) {
        try {
            budget.requireTime();
        } catch (Failure e) {
            int parts = tree.jjtGetNumChildren();
            throw Failure.at(parts == 0 ? tree : tree.jjtGetChild(parts - 1), e);
        }
    }
}
