package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Lambda authorizer returned.
 *
 * @param principalId who calls, by the authorizer's word; not empty
 * @param policy what the caller may do
 * @param policyText the same as JSON
 * @param context facts about the caller, every value as text
 * @param usageIdentifierKey the caller's API key; null where it names none
 * @param size characters that it was made of
 */
record AuthorizerResult(
        String principalId,
        Policy policy,
        String policyText,
        Map<String, String> context,
        String usageIdentifierKey,
        int size) {

    AuthorizerResult {
        context = Map.copyOf(context);
    }

    /** @param latencyMillis of the call of the function; 0 where it was not called */
    CallerFacts caller(long latencyMillis) {
        Map<String, Object> authorizer = new LinkedHashMap<>(context);
        authorizer.put("principalId", principalId);
        authorizer.put("integrationLatency", latencyMillis);
        return CallerFacts.told(this, authorizer);
    }
}
