package dev.gatehouse.controlplane.control;

import java.util.Map;

/** The tags of the resource that a request is about, or of the nearest one around it that can have tags. */
@FunctionalInterface
public interface ResourceTags {

    /** @return empty where there is no such resource, or none that has tags */
    Map<String, String> in(String region);
}
