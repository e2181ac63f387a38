package dev.gatehouse;

import dev.gatehouse.compile.Reachable;
import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.http.ClientProfile;
import java.util.Map;

/**
 * What one deployment of the configuration can call, told to the compiler.
 *
 * @param linkTargets of the VPC links that the control plane has created, by their ids; changes as they do
 */
record Reach(Functions functions, Aws aws, Clients clients, Map<String, String> linkTargets) implements Reachable {

    @Override
    public boolean function(FunctionName function, String roleArn) {
        return functions.knows(function, roleArn);
    }

    @Override
    public boolean streams(FunctionName function) {
        return functions.streams(function);
    }

    @Override
    public boolean role(String roleArn) {
        return aws.roles().know(roleArn);
    }

    @Override
    public ServiceEndpoint service(ServiceUri uri) {
        return aws.endpoints().find(uri);
    }

    @Override
    public ClientProfile vpcLink(String connectionId, String listener) {
        return clients.vpcLink(connectionId, listener, linkTargets);
    }
}
