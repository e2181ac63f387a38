package dev.gatehouse.engine.template;

import java.io.IOException;
import java.io.Writer;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.context.Context;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.Renderable;
import org.apache.velocity.util.introspection.Info;

/** What is printed for a reference: never the text of the reference itself, and never more than the limits allow. */
final class Events extends EventCartridge {

    @Override
    public Object referenceInsert(InternalContextAdapter context, String reference, Object value) {
        if (value == null) {
            return "";
        }
        Budget budget = RenderScope.of(context).budget();
        if (value instanceof Renderable block) {
            return new Nested(block, budget);
        }
        String text = Text.of(value);
        budget.characters(text.length());
        return text;
    }

    @Override
    public Object invalidGetMethod(Context context, String reference, Object object, String property, Info info) {
        return "";
    }

    @Override
    public Object invalidMethod(Context context, String reference, Object object, String method, Info info) {
        return "";
    }

    /** A {@code #define}d block inside others. */
    private record Nested(Renderable block, Budget budget) implements Renderable {

        @Override
        public boolean render(InternalContextAdapter context, Writer writer) throws IOException {
            budget.enterBlock();
            block.render(context, writer);
            budget.leaveBlock();
            return true;
        }
    }
}
