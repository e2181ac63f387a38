package dev.gatehouse;

import dev.gatehouse.GatehouseBuilder.OwnFunction;
import dev.gatehouse.configuration.FunctionConfiguration;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.FunctionThreads;
import dev.gatehouse.engine.lambda.InProcessFunctions;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaException;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.lambda.LambdaStream;
import dev.gatehouse.engine.lambda.RemoteLambda;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.HttpSender;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Lambda functions of one deployment of the configuration: in this process, or behind an endpoint. */
final class Functions implements LambdaInvoker {

    private final String region;
    private final String accountId;
    private final InProcessFunctions inProcess;
    private final Map<FunctionName, LambdaInvoker> remote = new HashMap<>();
    private final Set<Endpoint> endpoints = new HashSet<>();
    private final Aws aws;
    private final Function<String, LambdaInvoker> service;
    private final Map<String, LambdaInvoker> services = new ConcurrentHashMap<>();

    private Functions(
            String region,
            String accountId,
            InProcessFunctions inProcess,
            Aws aws,
            Function<String, LambdaInvoker> service) {
        this.region = region;
        this.accountId = accountId;
        this.inProcess = inProcess;
        this.aws = aws;
        this.service = service;
    }

    /** @param problems gets what is wrong with handlers */
    static Functions of(
            GatehouseConfiguration configuration,
            List<OwnFunction> own,
            FunctionThreads threads,
            Aws aws,
            HttpSender http,
            InstantSource clock,
            Supplier<String> requestIds,
            List<Problem> problems) {
        InProcessFunctions inProcess = new InProcessFunctions(
                InProcessFunctions.Settings.of(configuration.region(), configuration.accountId()),
                threads,
                clock,
                requestIds);
        SigV4Signer signer = new SigV4Signer(clock);
        Functions functions = new Functions(
                configuration.region(),
                configuration.accountId(),
                inProcess,
                aws,
                at -> service(at, configuration, aws, http, signer));
        for (OwnFunction function : own) {
            functions.register(function, problems);
        }
        for (FunctionConfiguration function : configuration.functions()) {
            if (function instanceof FunctionConfiguration.InProcess handler) {
                functions.instantiate(handler, problems);
            } else if (function instanceof FunctionConfiguration.Remote endpoint) {
                functions.add(endpoint, configuration, http, signer);
            }
        }
        return functions;
    }

    /** @param roleArn in whose name; null where the function itself permits the call */
    boolean knows(FunctionName function, String roleArn) {
        FunctionName whole = function.within(region, accountId);
        if (inProcess.knows(whole)) {
            return true; // whoever calls: in this process nobody asks for permission
        }
        boolean permitted = roleArn == null || aws.roles().know(roleArn);
        boolean somewhere = remote(function) != null || aws.endpoints().moved("lambda", whole.region());
        return permitted && (somewhere || roleArn != null);
    }

    /** Whether that function, which is known, could answer bit by bit. */
    boolean streams(FunctionName function) {
        FunctionName whole = function.within(region, accountId);
        return !inProcess.knows(whole) || inProcess.streams(whole);
    }

    /** What the configuration names as Lambda endpoints. */
    Set<Endpoint> endpoints() {
        return Set.copyOf(endpoints);
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        LambdaInvoker invoker = invoker(call);
        return invoker == null ? unknown(call) : invoker.invoke(call);
    }

    @Override
    public CompletionStage<LambdaStream> stream(LambdaCall call, Duration idle) {
        LambdaInvoker invoker = invoker(call);
        return invoker == null ? unknown(call) : invoker.stream(call, idle);
    }

    /** Null where the function is not configured. */
    private LambdaInvoker invoker(LambdaCall call) {
        if (inProcess.knows(call.function())) {
            return inProcess;
        }
        LambdaInvoker endpoint = remote(call.function());
        if (endpoint != null) {
            return endpoint;
        }
        return knows(call.function(), call.roleArn())
                ? services.computeIfAbsent(
                        call.function().within(region, accountId).region(), service)
                : null;
    }

    private static <T> CompletionStage<T> unknown(LambdaCall call) {
        return CompletableFuture.failedFuture(new LambdaException(
                LambdaException.Reason.NOT_FOUND, "function " + call.function() + " is not configured"));
    }

    /** All functions of one region, where the configuration has Lambda, or at Amazon's host. */
    private static LambdaInvoker service(
            String region, GatehouseConfiguration configuration, Aws aws, HttpSender http, SigV4Signer signer) {
        ServiceEndpoint lambda = aws.endpoints().find("lambda", region);
        Credentials own = configuration.aws().endpoints().stream()
                .filter(one -> lambda.url().equals(one.endpoint().toString().replaceAll("/+$", "")))
                .filter(one -> one.credentials() != null)
                .map(one -> Aws.keys(one.credentials(), configuration.credentials()))
                .findFirst()
                .orElse(null);
        return new RemoteLambda(http, signer, signedBy(own, aws), URI.create(lambda.url()), region);
    }

    /** The role where there is one, else whatever the configuration has for calls without. */
    private static Function<String, CompletionStage<Credentials>> signedBy(Credentials own, Aws aws) {
        return role -> role == null
                ? CompletableFuture.completedFuture(own)
                : aws.roles().credentials(role);
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
        Credentials own = Aws.keys(function.credentials(), configuration.credentials());
        String signedFor = function.region() == null ? region : function.region();
        remote.put(
                FunctionName.parse(function.function().arn(region, accountId)).within(region, accountId),
                new RemoteLambda(http, signer, signedBy(own, aws), function.endpoint(), signedFor));
        endpoints.add(Endpoint.of(function.endpoint()));
    }
}
