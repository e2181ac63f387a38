package dev.gatehouse.compile;

import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceEndpoints;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.lambda.FunctionName;
import java.util.function.Predicate;

/** What of AWS a gateway can call, as its configuration has it. Implementations are thread-safe. */
public interface Reachable {

    /** @param roleArn in whose name; null where the function itself permits the call */
    boolean function(FunctionName function, String roleArn);

    /** Whether calls can be signed in the name of that role. */
    boolean role(String roleArn);

    /** @throws IllegalArgumentException telling why nobody knows where that service is */
    ServiceEndpoint service(ServiceUri uri);

    /** Functions that need no role, services at Amazon's hosts, and no role to call them with. */
    static Reachable functions(Predicate<FunctionName> known) {
        return new Reachable() {
            @Override
            public boolean function(FunctionName function, String roleArn) {
                return roleArn == null && known.test(function);
            }

            @Override
            public boolean role(String roleArn) {
                return false;
            }

            @Override
            public ServiceEndpoint service(ServiceUri uri) {
                return ServiceEndpoints.AMAZON.find(uri);
            }
        };
    }
}
