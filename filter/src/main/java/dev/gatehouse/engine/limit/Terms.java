package dev.gatehouse.engine.limit;

import java.util.Objects;

/**
 * On what terms the nodes of a cluster count.
 *
 * @param fallback of no meaning where each node has its share anyway
 */
public record Terms(Sharing sharing, Fallback fallback) {

    public Terms {
        Objects.requireNonNull(sharing, "sharing");
        Objects.requireNonNull(fallback, "fallback");
    }
}
