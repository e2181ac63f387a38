package dev.gatehouse.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Maps a {@link GatehouseFilter} of the deployment descriptor for the dispatcher type {@code ASYNC} too, so that nobody has to
 * remember it. Runs by itself in every container that scans for initializers; stateless.
 */
public final class AsyncMapping implements ServletContainerInitializer {

    /** Context attribute: names of the filters that are known to be mapped for ASYNC. */
    private static final String KNOWN = "dev.gatehouse.servlet.AsyncMapping";

    /** For the container. */
    public AsyncMapping() {}

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        context.getFilterRegistrations().forEach((name, filter) -> {
            if (GatehouseFilter.class.getName().equals(filter.getClassName())) {
                map(filter, name, context);
            }
        });
    }

    /** First in line: whatever else is mapped for ASYNC then runs inside the gateway's dispatch, not before it. */
    private static void map(FilterRegistration filter, String name, ServletContext context) {
        String[] patterns = filter.getUrlPatternMappings().toArray(new String[0]);
        String[] servlets = filter.getServletNameMappings().toArray(new String[0]);
        if (patterns.length > 0) {
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.ASYNC), false, patterns);
        }
        if (servlets.length > 0) {
            filter.addMappingForServletNames(EnumSet.of(DispatcherType.ASYNC), false, servlets);
        }
        remember(name, context);
    }

    static void remember(String name, ServletContext context) {
        Set<String> names = new TreeSet<>(known(context));
        names.add(name);
        context.setAttribute(KNOWN, Set.copyOf(names));
    }

    @SuppressWarnings("unchecked")
    static Set<String> known(ServletContext context) {
        Object names = context.getAttribute(KNOWN);
        return names == null ? Set.of() : (Set<String>) names;
    }
}
