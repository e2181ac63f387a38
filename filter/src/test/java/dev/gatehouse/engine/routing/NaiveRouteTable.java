package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules again, without a tree: every route is tried, the best is taken. The oracle for {@link RouteTable}. */
final class NaiveRouteTable {

    private static final Set<String> ANY = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private record Route(List<String> segments, String method) {
        String id() {
            return method + " /" + String.join("/", segments);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    void add(String path, String method) {
        routes.add(new Route(split(path.substring(1)), method));
    }

    /** @return the id of the best route, or null */
    String match(String method, String path) {
        String inner = path.replaceFirst("^/+", "");
        List<String> segments = split(inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner);
        Route best = null;
        for (Route route : routes) {
            if (fits(route, method, segments) && (best == null || better(route, best))) {
                best = route;
            }
        }
        return best == null ? null : best.id();
    }

    private static boolean fits(Route route, String method, List<String> path) {
        if (!route.method.equals(method) && !(route.method.equals("ANY") && ANY.contains(method))) {
            return false;
        }
        for (int i = 0; i < route.segments.size(); i++) {
            String segment = route.segments.get(i);
            if (i >= path.size()) {
                return false;
            }
            if (segment.endsWith("+}")) {
                return !String.join("/", path.subList(i, path.size())).isEmpty();
            }
            boolean variable = segment.startsWith("{") && !path.get(i).isEmpty();
            if (!variable && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return path.size() == route.segments.size();
    }

    private static boolean better(Route one, Route other) {
        for (int i = 0; i < Math.min(one.segments.size(), other.segments.size()); i++) {
            int difference = rank(one.segments.get(i)) - rank(other.segments.get(i));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return !one.method.equals("ANY");
    }

    private static int rank(String segment) {
        return segment.endsWith("+}") ? 2 : segment.startsWith("{") ? 1 : 0;
    }

    private static List<String> split(String inner) {
        return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
    }
}
