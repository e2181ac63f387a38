package dev.gatehouse.definition;

import java.util.Map;

/**
 * A node in the tree of paths.
 *
 * @param parentId null for the root
 * @param pathPart one segment, {@code {name}} for a variable, {@code {name+}} for a greedy one; null for the root
 * @param path full path, {@code /} for the root
 * @param resourceMethods by HTTP method
 */
public record Resource(String id, String parentId, String pathPart, String path, Map<String, Method> resourceMethods) {

    public Resource {
        resourceMethods = Frozen.map(resourceMethods);
    }
}
