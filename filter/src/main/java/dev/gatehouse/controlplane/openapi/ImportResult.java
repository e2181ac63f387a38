package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Problem;
import java.util.List;
import java.util.function.Function;

/** A definition, or all that keeps a document from becoming one. */
public sealed interface ImportResult {

    /**
     * @param definition complete, except for what only the keeper of definitions knows: {@code createdDate} is null, tags are
     *     empty. What an extension of the document's root would say and none does is null or empty in its
     *     {@code RestApi}, so that a merge can tell it from a value
     * @param warnings what was read but does not do what the author may expect
     */
    record Imported(ApiDefinition definition, List<Problem> warnings) implements ImportResult {
        public Imported {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param problems at least one error, and the warnings that were found on the way, in the order of reading
     * @param asFarAsRead what could be read, good for nothing but to look for more problems; null where nothing could
     */
    record Rejected(List<Problem> problems, ApiDefinition asFarAsRead) implements ImportResult {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    default <R> R fold(
            Function<? super Imported, ? extends R> imported, Function<? super Rejected, ? extends R> rejected) {
        return this instanceof Imported passed ? imported.apply(passed) : rejected.apply((Rejected) this);
    }
}
