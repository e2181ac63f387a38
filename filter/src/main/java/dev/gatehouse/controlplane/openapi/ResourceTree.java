package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Paths as a tree of resources; parents that the document leaves out are made up without methods. The root always exists. */
final class ResourceTree {

    /** Amazon has 300; the limit keeps long paths from growing into millions of resources. */
    private static final int MOST_RESOURCES = 10_000;

    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z0-9_.:-]+\\+?}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9_.,:-]+");

    /** A resource in the making. */
    static final class Node {

        final String id;
        final String path;
        final Map<String, Method> methods = new LinkedHashMap<>();
        private final Node parent;
        private final String part;
        private final Map<String, Node> children = new LinkedHashMap<>();
        private Node variableChild;

        private Node(String id, Node parent, String part) {
            this.id = id;
            this.parent = parent;
            this.part = part;
            this.path = parent == null ? "/" : (parent.parent == null ? "/" : parent.path + "/") + part;
        }

        /** Names of the variables of the whole path, without braces and plus sign. */
        List<String> variables() {
            List<String> names = new ArrayList<>();
            for (Node node = this; node.parent != null; node = node.parent) {
                if (node.isVariable()) {
                    names.add(0, variableName(node.part));
                }
            }
            return names;
        }

        private boolean isVariable() {
            return part != null && part.startsWith("{");
        }

        private boolean isGreedy() {
            return isVariable() && part.endsWith("+}");
        }
    }

    private final IdSource ids;
    private final List<Node> nodes = new ArrayList<>();
    private final Node root;

    ResourceTree(IdSource ids) {
        this.ids = ids;
        this.root = new Node(ids.idFor(IdSource.Kind.RESOURCE, "/"), null, null);
        nodes.add(root);
    }

    String rootId() {
        return root.id;
    }

    /** @return null, and an error at the place, if the path is none that API Gateway has */
    Node at(String path, Cursor place) {
        if (!path.startsWith("/")) {
            place.error("a path must begin with '/'");
            return null;
        }
        List<String> parts =
                path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
        if (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
            parts = parts.subList(0, parts.size() - 1); // one trailing slash makes no other resource
        }
        if (!areValid(parts, place)) {
            return null;
        }
        Node node = root;
        for (String part : parts) {
            Node child = node.children.get(part);
            node = child == null ? create(node, part, place) : child;
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private static boolean areValid(List<String> parts, Cursor place) {
        Set<String> variables = new HashSet<>();
        for (String part : parts) {
            boolean variable = VARIABLE.matcher(part).matches();
            if (!variable && !LITERAL.matcher(part).matches()) {
                place.error("path part '" + Texts.cut(part)
                        + "' may have letters, digits and _ - . , : only, or be a variable"
                        + " as a whole, {name} or {name+}");
                return false;
            }
            if (variable && !variables.add(variableName(part))) {
                place.error("variable '" + Texts.cut(part) + "' stands twice in the path");
                return false;
            }
        }
        return true;
    }

    private Node create(Node parent, String part, Cursor place) {
        if (parent.isGreedy()) {
            place.error("nothing can follow the greedy variable '" + Texts.cut(parent.part) + "'");
            return null;
        }
        if (nodes.size() >= MOST_RESOURCES) {
            place.error("there are more than " + MOST_RESOURCES + " resources");
            throw new Report.Stop();
        }
        String parentPath = parent.parent == null ? "" : parent.path;
        Node node = new Node(ids.idFor(IdSource.Kind.RESOURCE, parentPath + "/" + part), parent, part);
        if (node.isVariable()) {
            if (parent.variableChild != null) {
                place.error("'" + Texts.cut(part) + "' stands where another path has '"
                        + Texts.cut(parent.variableChild.part) + "': only one variable can follow '"
                        + Texts.cut(parent.path)
                        + "'");
                return null;
            }
            parent.variableChild = node;
        }
        parent.children.put(part, node);
        nodes.add(node);
        return node;
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        for (Node node : nodes) {
            String parentId = node.parent == null ? null : node.parent.id;
            resources.add(new Resource(node.id, parentId, node.part, node.path, node.methods));
        }
        return resources;
    }

    private static String variableName(String part) {
        return part.substring(1, part.length() - (part.endsWith("+}") ? 2 : 1));
    }
}
