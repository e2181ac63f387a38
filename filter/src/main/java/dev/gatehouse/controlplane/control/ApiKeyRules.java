package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiKey;

/** What an API key may look like, and what of it an update may change. Texts are recorded. */
final class ApiKeyRules {

    private static final int LONGEST_NAME = 1024;
    private static final int SHORTEST_VALUE = 20;
    private static final int LONGEST_VALUE = 128;
    private static final int LONGEST_DESCRIPTION = 125_000;

    /** In this order the paths are named in the recorded text. */
    static final Patch<ApiKey> PATCH = Patch.<ApiKey>of(Patch.LISTING)
            .on("replace", "/description", (key, op) -> {
                checkDescription(op.value());
                return key.with(draft -> draft.description = op.valueOrNull());
            })
            .on("replace", "/enabled", (key, op) -> key.with(draft -> draft.enabled = op.flag()))
            .on("replace", "/name", (key, op) -> {
                checkName(op.value());
                return key.with(draft -> draft.name = op.valueOrNull());
            })
            .on("replace", "/customerId", (key, op) -> key.with(draft -> draft.customerId = op.valueOrNull()));

    private ApiKeyRules() {}

    /** @param value null where one is to be generated */
    static void check(String name, String value, String description) {
        checkName(name);
        if (value != null && value.length() < SHORTEST_VALUE) {
            throw ControlError.badRequest("API Key value should be at least " + SHORTEST_VALUE + " characters");
        }
        if (value != null && value.length() > LONGEST_VALUE) {
            throw ControlError.badRequest("API Key value exceeds maximum size of " + LONGEST_VALUE + " characters");
        }
        checkDescription(description);
    }

    private static void checkName(String name) {
        if (name != null && name.length() > LONGEST_NAME) {
            throw ControlError.badRequest("Invalid API Key name, can be at most " + LONGEST_NAME + " characters.");
        }
    }

    private static void checkDescription(String description) {
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw ControlError.badRequest("Invalid API Key description specified.");
        }
    }
}
