package dev.gatehouse.compile;

import dev.gatehouse.engine.expression.UriTemplate;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaUri;
import java.util.Map;
import java.util.function.Predicate;

/** The function that a uri names. */
final class LambdaTarget {

    private LambdaTarget() {}

    /**
     * @param uri may have stage variables; null where there is none
     * @param functions whether a function can be called
     * @param otherwise what to say of a uri that is not one of Lambda
     * @return null where it names no function; the problems are noted at the place
     */
    static LambdaUri parse(
            String uri,
            Map<String, String> variables,
            Predicate<FunctionName> functions,
            String otherwise,
            Place place) {
        String expanded =
                uri == null ? "" : place.parsed(() -> UriTemplate.parse(uri).expand(Map.of(), variables), "");
        if (!LambdaUri.isLambda(expanded)) {
            place.problem("'" + uri + "' is not the invocation ARN of a Lambda function" + otherwise);
            return null;
        }
        LambdaUri parsed = place.parsed(() -> LambdaUri.parse(expanded), null);
        if (parsed == null) {
            return null;
        }
        if (!functions.test(parsed.function())) {
            place.problem("there is no function " + parsed.function()
                    + ": neither is it configured, nor is there a Lambda endpoint for its region");
        }
        return parsed;
    }
}
