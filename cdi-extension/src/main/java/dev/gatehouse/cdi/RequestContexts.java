package dev.gatehouse.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jboss.weld.context.BoundContext;
import org.jboss.weld.context.ManagedContext;
import org.jboss.weld.context.http.HttpConversationContext;
import org.jboss.weld.context.http.HttpLiteral;
import org.jboss.weld.context.http.HttpRequestContext;
import org.jboss.weld.context.http.HttpSessionContext;

/** The contexts of a request, until their end; none where they are active already, or CDI is not Weld. */
interface RequestContexts {

    String MARK = "dev.gatehouse.cdi.mark";

    RequestContexts NONE = () -> {};

    void end();

    static RequestContexts of(HttpServletRequest request) {
        return !isWeld() || areActive(request) ? NONE : OfWeld.activated(request);
    }

    /**
     * Whether they are active, and those of this request: where a call began to wait, Tomcat leaves its contexts behind on the
     * thread, and the next call to go on there must not find them.
     */
    private static boolean areActive(HttpServletRequest request) {
        Object mark = new Object();
        request.setAttribute(MARK, mark);
        try {
            CDI<Object> beans = CDI.current();
            beans.getBeanManager().getContext(RequestScoped.class);
            return beans.select(HttpServletRequest.class).get().getAttribute(MARK) == mark;
        } catch (ContextNotActiveException | IllegalStateException inactiveOrRecycled) {
            return false;
        } finally {
            request.removeAttribute(MARK);
        }
    }

    private static boolean isWeld() {
        try {
            Class.forName(
                    "org.jboss.weld.context.http.HttpRequestContext", false, RequestContexts.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException another) {
            return false;
        }
    }

    /** Weld reference guide, "Available contexts in Weld". Apart, so that no other CDI ever loads it. */
    record OfWeld(HttpServletRequest request, List<BoundContext<HttpServletRequest>> contexts)
            implements RequestContexts {

        static OfWeld activated(HttpServletRequest request) {
            List<BoundContext<HttpServletRequest>> contexts = List.of(
                    found(HttpRequestContext.class),
                    found(HttpSessionContext.class),
                    found(HttpConversationContext.class));
            contexts.forEach(context -> {
                context.associate(request);
                ((ManagedContext) context).activate();
            });
            return new OfWeld(request, contexts);
        }

        private static <T> T found(Class<T> type) {
            return CDI.current().select(type, HttpLiteral.INSTANCE).get();
        }

        @Override
        public void end() {
            for (int i = contexts.size() - 1; i >= 0; i--) {
                BoundContext<HttpServletRequest> context = contexts.get(i);
                if (context instanceof HttpRequestContext) {
                    ((ManagedContext) context).invalidate();
                }
                ((ManagedContext) context).deactivate();
                context.dissociate(request);
            }
        }
    }
}
