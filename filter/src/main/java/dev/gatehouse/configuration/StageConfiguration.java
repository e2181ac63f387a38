package dev.gatehouse.configuration;

import dev.gatehouse.definition.Stage;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A stage and where it is served. Immutable.
 *
 * @param stage the stage as Amazon describes it; never null
 * @param servedAt the base path below the mapping of the filter at which requests reach this stage without naming it, as the
 *     base path mapping of a custom domain does: {@code /} or {@code /shop/v1}; null where the stage is reached under its
 *     own name, as behind an invoke URL
 */
public record StageConfiguration(Stage stage, String servedAt) {

    /** Characters of a base path mapping; no empty segment, no dot segment, no slash at the end but for the root. */
    static final Pattern SERVED_AT = Pattern.compile(
            "^(?!(?:.*/)\\.{1,2}(?:/|$))/(?:[A-Za-z0-9$_.+!*'()-]+(?:/[A-Za-z0-9$_.+!*'()-]+){0,31})?$");

    /** @throws IllegalArgumentException on a base path that is none */
    public StageConfiguration {
        Objects.requireNonNull(stage, "stage");
        if (servedAt != null) {
            Check.matches("servedAt", SERVED_AT, servedAt);
        }
    }

    /** A stage that is reached under its own name. */
    public static StageConfiguration of(Stage stage) {
        return new StageConfiguration(stage, null);
    }
}
