package dev.gatehouse.compile;

import dev.gatehouse.engine.identity.IdentityPolicies;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyProblem;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import java.util.List;

/** The resource policy of an API. */
final class ResourcePolicyCompiler {

    /** The short form of a resource: the rest of the ARN is the API's own. */
    private static final String SHORT = "execute-api:/";

    private ResourcePolicyCompiler() {}

    /**
     * @param text JSON; null where the API has no policy
     * @param apiArn what a policy calls the API
     * @return null where there is none, or where there are problems, which are noted at the place
     */
    static Policy compile(String text, String apiArn, Place place) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        PolicyReading reading =
                Policy.compile(text, PolicyRules.RESOURCE.withResourceForm(resource -> expanded(resource, apiArn)));
        List<PolicyProblem> problems =
                reading.policy().map(IdentityPolicies::untold).orElse(reading.problems());
        for (PolicyProblem problem : problems) {
            new Place(place.document(), place.pointer() + problem.pointer(), place.problems())
                    .problem(problem.message());
        }
        return problems.isEmpty() ? reading.policy().orElse(null) : null;
    }

    private static String expanded(String resource, String apiArn) {
        return resource.startsWith(SHORT) ? apiArn + "/" + resource.substring(SHORT.length()) : resource;
    }
}
