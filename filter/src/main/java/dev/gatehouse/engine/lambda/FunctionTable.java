package dev.gatehouse.engine.lambda;

import dev.gatehouse.engine.lambda.LambdaException.Reason;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides where a function runs: in this process where it is registered there, otherwise at the Lambda service of its region.
 * Thread-safe.
 */
public final class FunctionTable implements LambdaInvoker {

    private final InProcessFunctions inProcess;
    private final Map<String, LambdaInvoker> services;
    private final String defaultRegion;

    /**
     * @param services Lambda service by region; may be empty
     * @param defaultRegion of functions whose name says nothing about a region
     */
    public FunctionTable(
            InProcessFunctions inProcess, Map<String, ? extends LambdaInvoker> services, String defaultRegion) {
        this.inProcess = inProcess;
        this.services = Map.copyOf(services);
        this.defaultRegion = defaultRegion;
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        if (inProcess.knows(call.function())) {
            return inProcess.invoke(call);
        }
        LambdaInvoker service = service(call.function());
        if (service != null) {
            return service.invoke(call);
        }
        return CompletableFuture.failedFuture(new LambdaException(
                Reason.NOT_FOUND,
                "function " + call.function()
                        + " is not registered in this process, and there is no Lambda endpoint for "
                        + region(call.function())));
    }

    /** Whether a call of that function has somewhere to go; a Lambda service may still not know it. */
    public boolean knows(FunctionName function) {
        return inProcess.knows(function) || service(function) != null;
    }

    private LambdaInvoker service(FunctionName function) {
        return services.get(region(function));
    }

    private String region(FunctionName function) {
        return function.region() == null ? defaultRegion : function.region();
    }
}
