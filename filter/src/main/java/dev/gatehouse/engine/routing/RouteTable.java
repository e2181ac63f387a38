package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the resource and method for a raw request path, by the rules of API Gateway:
 *
 * <ul>
 *   <li>segment by segment and case-sensitive; a static segment beats {@code {param}}, which beats {@code {name+}};
 *   <li>the search backtracks, and knows methods: a path that matches without a usable method does not end it;
 *   <li>on one resource the exact method beats {@code ANY}, but a better path with {@code ANY} beats a worse one with the
 *       exact method;
 *   <li>slashes before the first segment and one at the end do not count; slashes inside do;
 *   <li>values stay percent-encoded.
 * </ul>
 *
 * Immutable and thread-safe. A match visits each node of the tree at most once, whatever the path looks like.
 *
 * @param <T> what a method leads to
 */
public final class RouteTable<T> {

    /** What {@code ANY} stands for: any other verb matches nothing. */
    public static final Set<String> VERBS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private static final String ANY = "ANY";

    /** Parameters come in the order of the path. */
    public record Match<T>(T value, Map<String, String> pathParameters) {}

    private final Node<T> root;
    private final int deepest;

    private RouteTable(Node<T> root, int deepest) {
        this.root = root;
        this.deepest = deepest;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /**
     * @param method the client's verb
     * @param path raw path; a leading slash is optional
     */
    public Optional<Match<T>> match(String method, String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        int end = path.length() > start && path.charAt(path.length() - 1) == '/' ? path.length() - 1 : path.length();
        Search<T> search = new Search<>(method, path, end, new int[2 * (deepest + 1)]);
        Leaf<T> leaf = search.from(root, start, 0);
        return leaf == null ? Optional.empty() : Optional.of(search.matched(leaf));
    }

    /** One walk through the tree; what it captured on the way is overwritten when it backtracks. */
    private record Search<T>(String method, String path, int end, int[] segments) {

        Leaf<T> from(Node<T> node, int start, int depth) {
            if (start >= end) {
                return node.leaf(method);
            }
            int slash = path.indexOf('/', start);
            int stop = slash < 0 || slash > end ? end : slash;
            int next = stop == end ? end : stop + 1;
            boolean emptyTail = stop < end && next == end; // "a/" inside: an empty last segment
            Leaf<T> found = null;
            Node<T> child = node.statics.get(path.substring(start, stop));
            if (child != null && !emptyTail) {
                mark(depth, start, stop);
                found = from(child, next, depth + 1);
            }
            if (found == null && node.variable != null && stop > start && !emptyTail) {
                mark(depth, start, stop);
                found = from(node.variable, next, depth + 1);
            }
            if (found == null && node.greedy != null) {
                found = node.greedy.leaf(method);
                if (found != null) {
                    mark(depth, start, end);
                }
            }
            return found;
        }

        private void mark(int depth, int start, int stop) {
            segments[2 * depth] = start;
            segments[2 * depth + 1] = stop;
        }

        Match<T> matched(Leaf<T> leaf) {
            if (leaf.parameters.isEmpty()) {
                return new Match<>(leaf.value, Map.of());
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (Parameter parameter : leaf.parameters) {
                int at = 2 * parameter.depth;
                values.put(parameter.name, path.substring(segments[at], segments[at + 1]));
            }
            return new Match<>(leaf.value, values);
        }
    }

    private record Parameter(String name, int depth) {}

    private record Leaf<T>(T value, List<Parameter> parameters) {}

    private static final class Node<T> {
        private final Map<String, Node<T>> statics = new HashMap<>();
        private final Map<String, Leaf<T>> methods = new HashMap<>();
        private Node<T> variable;
        private Node<T> greedy;
        private String name;

        Leaf<T> leaf(String method) {
            Leaf<T> exact = ANY.equals(method) ? null : methods.get(method);
            return exact != null || !VERBS.contains(method) ? exact : methods.get(ANY);
        }
    }

    /** Collects routes; not thread-safe. */
    public static final class Builder<T> {

        private final Node<T> root = new Node<>();
        private int deepest;

        private Builder() {}

        /**
         * @param resourcePath such as {@code /pets/{petId}} or {@code /{proxy+}}
         * @param method a verb, or {@code ANY}
         * @throws RouteConflictException where the path cannot live beside those already added
         */
        public Builder<T> add(String resourcePath, String method, T value) {
            Node<T> node = root;
            List<Parameter> parameters = new ArrayList<>();
            int depth = 0;
            for (String segment : segments(resourcePath)) {
                if (node.name != null && node.name.endsWith("+}")) {
                    throw new RouteConflictException(resourcePath + " continues after the greedy " + node.name);
                }
                if (isVariable(segment)) {
                    parameters.add(new Parameter(variableName(segment), depth));
                }
                node = child(node, segment, resourcePath);
                depth++;
                deepest = Math.max(deepest, depth);
            }
            if (node.methods.putIfAbsent(method, new Leaf<>(value, List.copyOf(parameters))) != null) {
                throw new RouteConflictException(resourcePath + " has " + method + " twice");
            }
            return this;
        }

        public RouteTable<T> build() {
            return new RouteTable<>(root, deepest);
        }

        private Node<T> child(Node<T> node, String segment, String resourcePath) {
            if (!isVariable(segment)) {
                return node.statics.computeIfAbsent(segment, key -> new Node<>());
            }
            Node<T> sibling = node.variable != null ? node.variable : node.greedy;
            if (sibling != null && !sibling.name.equals(segment)) {
                throw new RouteConflictException(resourcePath + ": " + segment + " and " + sibling.name
                        + " are siblings; one variable is allowed");
            }
            if (sibling == null) {
                sibling = new Node<>();
                sibling.name = segment;
                if (segment.endsWith("+}")) {
                    node.greedy = sibling;
                } else {
                    node.variable = sibling;
                }
            }
            return sibling;
        }

        private static List<String> segments(String resourcePath) {
            String inner = resourcePath.startsWith("/") ? resourcePath.substring(1) : resourcePath;
            return inner.isEmpty() ? List.of() : List.of(inner.split("/"));
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{") && segment.endsWith("}");
        }

        private static String variableName(String segment) {
            return segment.substring(1, segment.length() - (segment.endsWith("+}") ? 2 : 1));
        }
    }
}
