package dev.gatehouse.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Which stages trace calls that demand it. Immutable; its text form shows no secret.
 *
 * @param key that demands are signed with: 32 characters or more
 * @param validity how old a demand may be: 1 to 300 seconds
 * @param stages not empty; of the configuration or of the control plane
 */
public record TraceConfiguration(String key, Duration validity, List<Stage> stages) {

    /** By the id of its API and its own name. */
    public record Stage(String apiId, String stage) {

        public Stage {
            Objects.requireNonNull(apiId, "apiId");
            Objects.requireNonNull(stage, "stage");
        }
    }

    static final int SHORTEST_KEY = 32;
    static final int DEFAULT_VALIDITY = 60;
    static final int LONGEST_VALIDITY = 300;

    /** @throws IllegalArgumentException on a key that is too short, a validity out of its range, or without a stage */
    public TraceConfiguration {
        Objects.requireNonNull(key, "key");
        stages = List.copyOf(stages);
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("the key must have " + SHORTEST_KEY + " characters or more");
        }
        if (validity.toSeconds() < 1 || validity.toSeconds() > LONGEST_VALIDITY) {
            throw new IllegalArgumentException("a demand is valid for 1 to " + LONGEST_VALIDITY + " seconds");
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("there is no stage to be traced");
        }
    }

    @Override
    public String toString() {
        return "TraceConfiguration[key=***, validity=" + validity + ", stages=" + stages + "]";
    }
}
