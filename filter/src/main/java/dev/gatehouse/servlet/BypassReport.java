package dev.gatehouse.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What of an application a client reaches without passing the gateway, as far as the servlet API can tell. */
final class BypassReport {

    /** Known by name: the module knows this one, not the other way round. Its filters are made for calls that wait. */
    private static final String CDI_MODULE = "dev.gatehouse.cdi.";

    private final ServletContext context;
    private final String filterName;

    private BypassReport(ServletContext context, String filterName) {
        this.context = context;
        this.filterName = filterName;
    }

    /** @return a line per finding, sorted by servlet and filter name; empty where all goes through the gateway */
    static List<String> of(ServletContext context, String filterName) {
        return new BypassReport(context, filterName).lines();
    }

    private List<String> lines() {
        FilterRegistration gateway = context.getFilterRegistration(filterName);
        if (gateway == null) {
            return List.of("the container does not show how filter '" + filterName
                    + "' is mapped: cannot tell what goes around the gateway");
        }
        List<UrlPattern> ours = patterns(gateway.getUrlPatternMappings());
        Collection<String> servlets = gateway.getServletNameMappings();
        List<String> lines = new ArrayList<>();
        new TreeMap<String, ServletRegistration>(context.getServletRegistrations()).forEach((name, servlet) -> {
            boolean own = ControlPlaneServlet.class.getName().equals(servlet.getClassName());
            if (!own && !servlets.contains(name) && !servlets.contains("*")) {
                uncovered(ours, servlet, lines);
            }
        });
        new TreeMap<String, FilterRegistration>(context.getFilterRegistrations()).forEach((name, other) -> {
            if (!name.equals(filterName)
                    && !String.valueOf(other.getClassName()).startsWith(CDI_MODULE)) {
                neighbour(ours, other, lines);
            }
        });
        return lines;
    }

    private static void uncovered(List<UrlPattern> ours, ServletRegistration servlet, List<String> lines) {
        for (UrlPattern pattern : patterns(servlet.getMappings())) {
            if (ours.stream().noneMatch(gateway -> gateway.covers(pattern))) {
                lines.add("servlet '" + servlet.getName() + "' at '" + pattern.text()
                        + "' is reachable without passing the gateway");
            }
        }
    }

    private static void neighbour(List<UrlPattern> ours, FilterRegistration other, List<String> lines) {
        List<UrlPattern> theirs = patterns(other.getUrlPatternMappings());
        boolean shared = !other.getServletNameMappings().isEmpty()
                || theirs.stream().anyMatch(pattern -> ours.stream().anyMatch(pattern::overlaps));
        if (shared) {
            lines.add(
                    "filter '" + other.getName() + "' sees the gateway's requests too: before the gateway it can answer"
                            + " without it, behind the gateway it needs the dispatcher type ASYNC to see a call that had to wait");
        }
    }

    private static List<UrlPattern> patterns(Collection<String> texts) {
        return texts.stream()
                .map(UrlPattern::new)
                .sorted((a, b) -> a.text().compareTo(b.text()))
                .toList();
    }
}
