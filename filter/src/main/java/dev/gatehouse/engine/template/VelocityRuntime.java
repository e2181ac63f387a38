package dev.gatehouse.engine.template;

import java.io.Reader;
import java.io.StringReader;
import org.apache.velocity.Template;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;
import org.apache.velocity.util.introspection.Uberspect;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Velocity 2.4.1 made to behave as API Gateway's 1.7 does, where the two differ, and closed to the outside: no files, no
 * reflection, no log lines that a caller can cause.
 */
final class VelocityRuntime extends RuntimeInstance {

    private static final Uberspect CLOSED = new ClosedUberspect();
    private static final EventCartridge EVENTS = new Events();

    VelocityRuntime(TemplateLimits limits) {
        setProperty(RuntimeConstants.PARSER_HYPHEN_ALLOWED, true);
        // 1.7 takes any value for true in #if, also the empty string.
        setProperty(RuntimeConstants.CHECK_EMPTY_OBJECTS, false);
        setProperty(RuntimeConstants.VM_PERM_INLINE_LOCAL, true);
        setProperty(RuntimeConstants.VM_LIBRARY, "");
        setProperty(RuntimeConstants.VM_MAX_DEPTH, limits.depth());
        // Deeper than ours, which answers with an error instead of with the reference text.
        setProperty(RuntimeConstants.DEFINE_DIRECTIVE_MAXDEPTH, limits.depth() + 1);
        setProperty(RuntimeConstants.RUNTIME_LOG_REFERENCE_LOG_INVALID, false);
        setProperty(RuntimeConstants.PARSER_POOL_SIZE, 1);
        // There must be a loader; this one has nothing to load.
        setProperty(RuntimeConstants.RESOURCE_LOADERS, "none");
        setProperty("resource.loader.none.class", StringResourceLoader.class.getName());
        setProperty("resource.loader.none.repository.static", "false");
        init();
    }

    SimpleNode parseTemplate(String text, Template template) throws ParseException {
        SimpleNode tree = super.parse(new StringReader(text), template);
        Rewriting.apply(tree);
        return tree;
    }

    /** Called by Velocity for every interpolated string, while the template around it is initialised. */
    @Override
    public SimpleNode parse(Reader string, Template template) throws ParseException {
        SimpleNode tree = super.parse(string, template);
        try {
            Rewriting.apply(tree);
        } catch (Failure e) {
            // Its position would be one in the string.
            throw Failure.of(e.getMessage());
        }
        return tree;
    }

    @Override
    public Uberspect getUberspect() {
        return CLOSED;
    }

    @Override
    public EventCartridge getApplicationEventCartridge() {
        return EVENTS;
    }

    @Override
    public Logger getLog() {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLog(String child) {
        return NOPLogger.NOP_LOGGER;
    }
}
