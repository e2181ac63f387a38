package dev.gatehouse;

import dev.gatehouse.compile.Reachable;
import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.lambda.FunctionName;

/** What one deployment of the configuration can call, told to the compiler. */
record Reach(Functions functions, Aws aws) implements Reachable {

    @Override
    public boolean function(FunctionName function, String roleArn) {
        return functions.knows(function, roleArn);
    }

    @Override
    public boolean role(String roleArn) {
        return aws.roles().know(roleArn);
    }

    @Override
    public ServiceEndpoint service(ServiceUri uri) {
        return aws.endpoints().find(uri);
    }
}
