package dev.gatehouse.servlet;

import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import dev.gatehouse.InvalidConfigurationException;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the filter's gateway in the servlet context, or builds it from the configuration that the deployment names. */
final class GatewayStart {

    static final String CONFIGURATION = "gatehouse.configuration";

    private static final String ATTRIBUTE = Gatehouse.class.getName();
    private static final String DEFAULT = "/WEB-INF/gatehouse.yaml";

    private final FilterConfig filter;
    private final ServletContext context;

    private GatewayStart(FilterConfig filter) {
        this.filter = filter;
        this.context = filter.getServletContext();
    }

    /** @throws ServletException where there is nothing to serve, with every problem of the configuration, one a line */
    static Gateway of(FilterConfig filter) throws ServletException {
        return new GatewayStart(filter).gateway();
    }

    /** A filter that names a configuration of its own gets a gateway of its own. */
    private Gateway gateway() throws ServletException {
        String own = filter.getInitParameter(CONFIGURATION);
        if (own == null && context.getAttribute(ATTRIBUTE) instanceof Gatehouse ready) {
            return Gateway.of(ready, () -> {});
        }
        String shared = context.getInitParameter(CONFIGURATION);
        String location = own != null ? own : shared != null ? shared : DEFAULT;
        Gatehouse built = build(location);
        boolean published = context.getAttribute(ATTRIBUTE) == null;
        if (published) {
            context.setAttribute(ATTRIBUTE, built);
        }
        return Gateway.of(built, () -> {
            if (published) {
                context.removeAttribute(ATTRIBUTE);
            }
            built.close();
        });
    }

    private Gatehouse build(String location) throws ServletException {
        try {
            List<GatehouseCustomizer> customizers =
                    ServiceLoader.load(GatehouseCustomizer.class, context.getClassLoader()).stream()
                            .map(ServiceLoader.Provider::get)
                            .toList();
            GatehouseBuilder builder = Gatehouse.builder();
            locate(builder, location);
            customizers.forEach(customizer -> customizer.customize(builder));
            Gatehouse gateway = builder.build();
            try {
                customizers.forEach(customizer -> customizer.started(gateway));
            } catch (RuntimeException | Error e) {
                // nobody else would ever close it: a filter that does not start is not destroyed either
                gateway.close();
                throw e;
            }
            return gateway;
        } catch (InvalidConfigurationException | ServiceConfigurationError e) {
            throw new ServletException("The gateway does not start. " + e.getMessage(), e);
        }
    }

    private void locate(GatehouseBuilder builder, String location) throws ServletException {
        if (location.startsWith("/")) {
            builder.configuration(location, context::getResourceAsStream);
        } else if (location.startsWith("file:")) {
            Path file = path(location);
            builder.configuration(file.getFileName().toString(), DocumentSource.folder(file.getParent()));
        } else {
            throw new ServletException(CONFIGURATION + " must be a path in the web application, beginning with '/',"
                    + " or a file: URL: " + location);
        }
    }

    private static Path path(String location) throws ServletException {
        try {
            Path file = Path.of(URI.create(location));
            if (file.getFileName() != null) {
                return file;
            }
        } catch (IllegalArgumentException e) {
            throw new ServletException(CONFIGURATION + " is no file: URL: " + location, e);
        }
        throw new ServletException(CONFIGURATION + " names no file: " + location);
    }
}
