package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.expression.CallContext;
import java.util.Collections;
import java.util.Map;

/**
 * What became known of a caller.
 *
 * @param identity {@code $context.identity}, as far as it speaks of the caller
 * @param authorizer {@code $context.authorizer}; null where no authorizer ran
 * @param usageIdentifierKey the API key that an authorizer names for the caller; null where none did
 */
public record CallerFacts(CallContext.Caller identity, Map<String, Object> authorizer, String usageIdentifierKey) {

    public static final CallerFacts NOBODY = new CallerFacts(CallContext.Caller.NOBODY, null, null);

    /** Known by the word of an authorizer, not by a signature. */
    static CallerFacts of(Map<String, Object> authorizer, String usageIdentifierKey) {
        return new CallerFacts(CallContext.Caller.NOBODY, Collections.unmodifiableMap(authorizer), usageIdentifierKey);
    }
}
