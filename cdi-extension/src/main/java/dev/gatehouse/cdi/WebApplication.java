package dev.gatehouse.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import java.io.InputStream;

/**
 * The application that the beans belong to. It is remembered when it starts: a {@code ServletContext} that is injected is there
 * during requests only, and the gateway starts before the first one.
 */
@ApplicationScoped
class WebApplication {

    private volatile ServletContext application;

    void starting(@Observes @Initialized(ApplicationScoped.class) ServletContext started) {
        application = started;
    }

    /** @return what lies under that name in {@code WEB-INF}; null where there is none */
    InputStream open(String name) {
        ServletContext known = application;
        if (known == null) {
            throw new IllegalStateException("no web application has started, so there is no WEB-INF: give the gateway a"
                    + " DocumentSource along with its GatehouseConfiguration");
        }
        return known.getResourceAsStream("/WEB-INF/" + name);
    }
}
