package dev.gatehouse.definition;

import java.util.List;
import java.util.Map;

/**
 * A way into a private network. Scalars but {@code id} may be null.
 */
public record VpcLink(
        String id,
        String name,
        String description,
        List<String> targetArns,
        VpcLinkStatus status,
        String statusMessage,
        Map<String, String> tags) {

    public VpcLink {
        targetArns = Frozen.list(targetArns);
        tags = Frozen.map(tags);
    }
}
