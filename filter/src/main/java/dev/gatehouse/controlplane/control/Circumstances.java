package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.engine.policy.ConditionKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What policies may ask about a call of the control plane, whoever makes it. Source: AWS Identity and Access Management user
 * guide, "AWS global condition context keys".
 */
final class Circumstances {

    private Circumstances() {}

    static ConditionKeys.Builder of(ControlRequest request, String region, Instant now, Map<String, String> tags) {
        ConditionKeys.Builder keys = around(request, region, now);
        tags.forEach((key, value) -> keys.add("aws:ResourceTag/" + key, value));
        requestTags(request, keys);
        return keys;
    }

    /** What there is to ask about every call, whatever it is for. */
    static ConditionKeys.Builder around(ControlRequest request, String region, Instant now) {
        return ConditionKeys.builder()
                .add("aws:SourceIp", request.address())
                .add("aws:SecureTransport", Boolean.toString(request.secure()))
                .add("aws:RequestedRegion", region)
                .add("aws:CurrentTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .add("aws:EpochTime", Long.toString(now.getEpochSecond()))
                .addIfPresent("aws:UserAgent", line(request, "User-Agent"))
                .addIfPresent("aws:Referer", line(request, "Referer"));
    }

    /** Tags that the request is to set, and keys of tags that it is to remove. */
    private static void requestTags(ControlRequest request, ConditionKeys.Builder keys) {
        for (String removed : Target.of(request).query().getOrDefault("tagKeys", List.of())) {
            keys.add("aws:TagKeys", removed);
        }
        JsonNode tags = body(request).path("tags");
        if (tags.isObject()) {
            tags.properties().forEach(tag -> {
                keys.add("aws:TagKeys", tag.getKey());
                keys.add("aws:RequestTag/" + tag.getKey(), tag.getValue().asText());
            });
        }
    }

    /** A body that cannot be read sets no tags; its operation refuses it. */
    private static JsonNode body(ControlRequest request) {
        try {
            return request.body().length == 0 ? Documents.object() : Documents.parse(request.body());
        } catch (ControlError unreadable) {
            return Documents.object();
        }
    }

    /** Several lines are one list (RFC 9110, section 5.2), so that none of them hides behind another. */
    private static String line(ControlRequest request, String name) {
        List<String> values = request.headers().all(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
