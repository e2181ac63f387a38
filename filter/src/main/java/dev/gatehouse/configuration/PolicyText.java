package dev.gatehouse.configuration;

import dev.gatehouse.engine.policy.Policy;
import java.util.Objects;

/** A policy that is attached to an identity. */
public sealed interface PolicyText {

    /** It stood in the configuration. */
    record Inline(Policy policy) implements PolicyText {

        public Inline {
            Objects.requireNonNull(policy, "policy");
        }
    }

    /**
     * A JSON document beside the configuration.
     *
     * @param name relative to the folder of the configuration, such as {@code policies/readers.json}; it cannot leave that folder
     */
    record Document(String name) implements PolicyText {

        /** @throws IllegalArgumentException on a name that is none */
        public Document {
            Check.matches("name", RestApiConfiguration.BODY, name);
        }
    }
}
