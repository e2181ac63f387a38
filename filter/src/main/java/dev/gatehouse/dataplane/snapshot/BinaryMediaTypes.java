package dev.gatehouse.dataplane.snapshot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which media types are bytes. Entries are exact, {@code type/*}, or {@code *}{@code /*}; a wildcard that the client sends
 * matches nothing. Source: API Gateway developer guide, "binary media types", and recordings. Immutable.
 */
public final class BinaryMediaTypes {

    private final Set<String> exact = new HashSet<>();
    private final Set<String> families = new HashSet<>();
    private final boolean everything;

    private BinaryMediaTypes(List<String> entries) {
        for (String entry : entries) {
            if (entry.endsWith("/*")) {
                families.add(entry.substring(0, entry.length() - 1));
            } else {
                exact.add(entry);
            }
        }
        everything = families.remove("*/");
    }

    public static BinaryMediaTypes of(List<String> entries) {
        return new BinaryMediaTypes(entries);
    }

    /** @param contentType the header as sent, or null, which is text unless everything is binary */
    public boolean matchContentType(String contentType) {
        return everything || contentType != null && matches(MediaType.of(contentType));
    }

    /** @param accept the header as sent, or null, which is text unless everything is binary */
    public boolean matchAccept(String accept) {
        return everything || accept != null && matches(MediaType.first(accept));
    }

    private boolean matches(String mediaType) {
        int slash = mediaType.indexOf('/');
        boolean wildcard = mediaType.endsWith("/*");
        return exact.contains(mediaType)
                || slash > 0 && !wildcard && families.contains(mediaType.substring(0, slash + 1));
    }
}
