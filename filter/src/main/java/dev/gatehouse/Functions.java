package dev.gatehouse;

import dev.gatehouse.GatehouseBuilder.OwnFunction;
import dev.gatehouse.configuration.AwsCredentials;
import dev.gatehouse.configuration.FunctionConfiguration;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.FunctionThreads;
import dev.gatehouse.engine.lambda.InProcessFunctions;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaException;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.lambda.RemoteLambda;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.HttpSender;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The Lambda functions of one deployment of the configuration: in this process, or behind an endpoint. */
final class Functions implements LambdaInvoker {

    private final String region;
    private final String accountId;
    private final InProcessFunctions inProcess;
    private final Map<FunctionName, LambdaInvoker> remote = new HashMap<>();
    private final Set<Endpoint> endpoints = new HashSet<>();

    private Functions(String region, String accountId, InProcessFunctions inProcess) {
        this.region = region;
        this.accountId = accountId;
        this.inProcess = inProcess;
    }

    /** @param problems gets what is wrong with handlers */
    static Functions of(
            GatehouseConfiguration configuration,
            List<OwnFunction> own,
            FunctionThreads threads,
            HttpSender http,
            InstantSource clock,
            Supplier<String> requestIds,
            List<Problem> problems) {
        InProcessFunctions inProcess = new InProcessFunctions(
                InProcessFunctions.Settings.of(configuration.region(), configuration.accountId()),
                threads,
                clock,
                requestIds);
        Functions functions = new Functions(configuration.region(), configuration.accountId(), inProcess);
        for (OwnFunction function : own) {
            functions.register(function, problems);
        }
        SigV4Signer signer = new SigV4Signer(clock);
        for (FunctionConfiguration function : configuration.functions()) {
            if (function instanceof FunctionConfiguration.InProcess handler) {
                functions.instantiate(handler, problems);
            } else if (function instanceof FunctionConfiguration.Remote endpoint) {
                functions.add(endpoint, configuration, http, signer);
            }
        }
        return functions;
    }

    boolean knows(FunctionName function) {
        return inProcess.knows(function.within(region, accountId)) || remote(function) != null;
    }

    /** What the configuration names as Lambda endpoints. */
    Set<Endpoint> endpoints() {
        return Set.copyOf(endpoints);
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        if (inProcess.knows(call.function())) {
            return inProcess.invoke(call);
        }
        LambdaInvoker endpoint = remote(call.function());
        return endpoint != null
                ? endpoint.invoke(call)
                : CompletableFuture.failedFuture(new LambdaException(
                        LambdaException.Reason.NOT_FOUND, "function " + call.function() + " is not configured"));
    }

    private LambdaInvoker remote(FunctionName function) {
        FunctionName whole = function.within(region, accountId);
        LambdaInvoker exact = remote.get(whole);
        return exact != null ? exact : remote.get(whole.unqualified());
    }

    private void register(OwnFunction function, List<Problem> problems) {
        try {
            inProcess.register(
                    function.name(),
                    function.handler(),
                    function.handlerType(),
                    function.timeout(),
                    function.memorySize());
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error("functions", "/" + function.name(), e.getMessage()));
        }
    }

    private void instantiate(FunctionConfiguration.InProcess function, List<Problem> problems) {
        String name = function.function().arn(region, accountId);
        try {
            Class<?> type = Class.forName(function.handler(), true, classLoader());
            Object handler = type.getConstructor().newInstance();
            inProcess.register(name, () -> handler, type, function.timeout(), function.memorySize());
        } catch (ClassNotFoundException e) {
            problem(function, "there is no class " + function.handler(), problems);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            problem(function, function.handler() + " has no public constructor without parameters", problems);
        } catch (InvocationTargetException e) {
            problem(function, function.handler() + " cannot be constructed: " + e.getCause(), problems);
        } catch (IllegalArgumentException | LinkageError e) {
            problem(function, String.valueOf(e.getMessage()), problems);
        }
    }

    /** Handlers belong to the application, whose loader is the context's; without one, to whoever loaded us. */
    private static ClassLoader classLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Functions.class.getClassLoader();
    }

    private static void problem(FunctionConfiguration function, String message, List<Problem> problems) {
        problems.add(Problem.error("functions", "/" + function.function().name(), message));
    }

    private void add(
            FunctionConfiguration.Remote function,
            GatehouseConfiguration configuration,
            HttpSender http,
            SigV4Signer signer) {
        AwsCredentials pair = configuration.credentials().get(String.valueOf(function.credentials()));
        Credentials credentials =
                pair == null ? null : new Credentials(pair.accessKeyId(), pair.secretAccessKey(), pair.sessionToken());
        String signedFor = function.region() == null ? region : function.region();
        remote.put(
                FunctionName.parse(function.function().arn(region, accountId)).within(region, accountId),
                new RemoteLambda(http, signer, () -> credentials, function.endpoint(), signedFor));
        endpoints.add(Endpoint.of(function.endpoint()));
    }
}
