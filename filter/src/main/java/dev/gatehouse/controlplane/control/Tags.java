package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Amazon's limits for tags. */
final class Tags {

    private static final int MOST = 50;

    private Tags() {}

    /** @param tags may be null */
    static void check(Map<String, String> tags) {
        if (tags == null) {
            return;
        }
        if (tags.size() > MOST) {
            throw ControlError.badRequest("The number of tags cannot exceed " + MOST);
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
                throw ControlError.badRequest("Invalid tag key: 1 to 128 characters that do not begin with aws:");
            }
            if (value == null || value.length() > 256) {
                throw ControlError.badRequest("Invalid tag value: up to 256 characters");
            }
        });
    }

    /** As answers to Get and Update show tags: also where there are none (recorded). */
    static ObjectNode shown(ObjectNode shape) {
        if (!shape.has("tags")) {
            shape.putObject("tags");
        }
        return shape;
    }
}
