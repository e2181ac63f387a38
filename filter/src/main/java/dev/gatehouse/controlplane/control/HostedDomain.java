package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.BasePathMapping;
import java.util.List;
import java.util.Objects;

/**
 * A custom domain name, and where it leads.
 *
 * @param host in lower case; may begin with {@code *.}
 * @param mappings with distinct base paths, {@link #ROOT} for the empty one; none for a name that leads nowhere
 */
public record HostedDomain(String host, List<BasePathMapping> mappings) {

    /** How the empty base path is written. */
    public static final String ROOT = "(none)";

    public HostedDomain {
        Objects.requireNonNull(host, "host");
        mappings = List.copyOf(mappings);
    }
}
