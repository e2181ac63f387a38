package dev.gatehouse.compile;

import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceEndpoints;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.http.ClientProfile;
import java.util.function.Predicate;

/** What of AWS a gateway can call, as its configuration has it. Implementations are thread-safe. */
public interface Reachable {

    /** @param roleArn in whose name; null where the function itself permits the call */
    boolean function(FunctionName function, String roleArn);

    /** Whether a function that can be called could answer bit by bit; one that is elsewhere always could. */
    default boolean streams(FunctionName function) {
        return true;
    }

    /** Whether calls can be signed in the name of that role. */
    boolean role(String roleArn);

    /** @throws IllegalArgumentException telling why nobody knows where that service is */
    ServiceEndpoint service(ServiceUri uri);

    /**
     * Where a VPC link leads.
     *
     * @param connectionId as integrations name it
     * @param listener ARN of a listener behind it; null where the integration names none
     * @throws IllegalArgumentException telling why it leads nowhere
     */
    ClientProfile vpcLink(String connectionId, String listener);

    /** Functions that need no role, services at Amazon's hosts, no role to call them with, and no VPC link. */
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

            @Override
            public ClientProfile vpcLink(String connectionId, String listener) {
                throw new IllegalArgumentException("there is no VPC link " + connectionId);
            }
        };
    }
}
