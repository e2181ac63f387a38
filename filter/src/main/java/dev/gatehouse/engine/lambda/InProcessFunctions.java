package dev.gatehouse.engine.lambda;

import dev.gatehouse.engine.lambda.LambdaCall.InvocationType;
import dev.gatehouse.engine.lambda.LambdaException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Functions that live in this process. A call runs on one of the {@link FunctionThreads}; when all of them are busy
 * it is {@code THROTTLED}. When a call takes too long its caller is answered at once and the thread is
 * interrupted; a function that ignores the interrupt keeps its thread.
 *
 * <p>Unlike at AWS one instance serves concurrent calls, memory is not limited, and an event that fails is logged but not
 * tried again. Thread-safe.
 */
public final class InProcessFunctions implements LambdaInvoker {

    /** Lambda quotas: payload of a synchronous call, of an event, and of an answer. */
    private static final int MAX_PAYLOAD = 6 * 1024 * 1024;

    private static final int MAX_EVENT = 1024 * 1024;
    private static final int MAX_ANSWER = 6 * 1024 * 1024 + 100;

    private static final byte[] EMPTY_EVENT = {'{', '}'};
    private static final byte[] NOTHING = {};
    private static final Logger LOG = LoggerFactory.getLogger(InProcessFunctions.class);

    private final Settings settings;
    private final InstantSource clock;
    private final Supplier<String> requestIds;
    private final List<RegisteredFunction> functions = new CopyOnWriteArrayList<>();
    private final FunctionThreads threads;

    /**
     * @param region of functions whose name says nothing about a region
     * @param accountId of functions whose name says nothing about an account; 12 digits
     * @param functionTimeout unless a function has one of its own: after which a function is stopped, however long its caller would wait; 1 second to 15 minutes
     * @param memoryLimitInMb what a function is told
     */
    public record Settings(String region, String accountId, Duration functionTimeout, int memoryLimitInMb) {

        public Settings {
            checkTimeout(functionTimeout);
        }

        /** 15 minutes, 512 MB. */
        public static Settings of(String region, String accountId) {
            return new Settings(region, accountId, Duration.ofMinutes(15), 512);
        }
    }

    /**
     * @param threads closed by whoever made them
     * @param clock tells functions how much time is left
     * @param requestIds a new one each time
     */
    public InProcessFunctions(
            Settings settings, FunctionThreads threads, InstantSource clock, Supplier<String> requestIds) {
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.requestIds = requestIds;
    }

    private static void checkTimeout(Duration timeout) {
        if (timeout.toSeconds() < 1 || timeout.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("function timeout must be 1 second to 15 minutes, but is " + timeout);
        }
    }

    /**
     * Registers one instance for all calls.
     *
     * @param name see {@link FunctionName}; what it leaves open fits every call
     * @param handler see {@link #register(String, Supplier, Class)}
     * @throws IllegalArgumentException where name or class cannot be used, or the name is taken
     */
    public void register(String name, Object handler) {
        Objects.requireNonNull(handler, "handler");
        register(name, () -> handler, handler.getClass());
    }

    /**
     * @param name see {@link FunctionName}; what it leaves open fits every call
     * @param handler asked for an instance at each call
     * @param handlerType a {@link LambdaFunction}, a {@link StreamingFunction}, or a {@code RequestStreamHandler} or {@code RequestHandler} of
     *     aws-lambda-java-core. A {@code RequestHandler} declares its input type by its generic superclass or interface; JSON
     *     member names match bean property names exactly, in case too, and unknown members are ignored
     * @throws IllegalArgumentException where name or class cannot be used, or the name is taken
     */
    public void register(String name, Supplier<?> handler, Class<?> handlerType) {
        register(name, handler, handlerType, settings.functionTimeout(), settings.memoryLimitInMb());
    }

    /**
     * As {@link #register(String, Supplier, Class)}, with limits of its own.
     *
     * @param timeout after which the function is stopped, however long its caller would wait; 1 second to 15 minutes
     * @param memorySize what the function is told, in MB
     */
    public void register(String name, Supplier<?> handler, Class<?> handlerType, Duration timeout, int memorySize) {
        FunctionName functionName = FunctionName.parse(name);
        checkTimeout(timeout);
        RegisteredFunction added = new RegisteredFunction(
                functionName, adapted(handler, handlerType), timeout, memorySize, handlerType.getClassLoader());
        synchronized (functions) {
            if (functions.stream().anyMatch(known -> known.name().equals(functionName))) {
                throw new IllegalArgumentException("function " + name + " is registered already");
            }
            functions.add(added);
            functions.sort(
                    Comparator.comparingInt(RegisteredFunction::precision).reversed());
        }
    }

    private static Handler adapted(Supplier<?> handler, Class<?> type) {
        Objects.requireNonNull(handler, "handler");
        if (LambdaFunction.class.isAssignableFrom(type) && StreamingFunction.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " is both a LambdaFunction and a StreamingFunction: which one to call is open");
        }
        if (LambdaFunction.class.isAssignableFrom(type)) {
            return Handler.ofBytes((payload, context) -> ((LambdaFunction) handler.get()).call(payload, context));
        }
        if (StreamingFunction.class.isAssignableFrom(type)) {
            return Handler.ofBits(
                    (payload, answer, context) -> ((StreamingFunction) handler.get()).call(payload, answer, context));
        }
        try {
            return AwsHandlers.adapt(handler, type);
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " is no LambdaFunction or StreamingFunction, and aws-lambda-java-core is not on the class path",
                    e);
        }
    }

    /** Whether a call of that function would be served here. */
    public boolean knows(FunctionName function) {
        return find(function) != null;
    }

    /** Whether that function, which is served here, can answer bit by bit: a {@code RequestHandler} cannot, as its answer is one value. */
    public boolean streams(FunctionName function) {
        RegisteredFunction known = find(function);
        return known != null && known.handler().streaming() != null;
    }

    private RegisteredFunction find(FunctionName function) {
        FunctionName called = function.within(settings.region(), settings.accountId());
        for (RegisteredFunction known : functions) {
            if (known.serves(called)) {
                return known;
            }
        }
        return null;
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        try {
            RegisteredFunction function = called(call);
            RunningFunction running = run(function, function.handler().whole(), call);
            return call.invocationType() == InvocationType.EVENT ? accepted(running) : running.answer();
        } catch (LambdaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<LambdaStream> stream(LambdaCall call, Duration idle) {
        try {
            RegisteredFunction function = called(call);
            StreamingFunction handler = function.handler().streaming();
            return handler == null
                    ? LambdaInvoker.super.stream(call, idle)
                    : CompletableFuture.completedFuture(stream(function, handler, call, idle));
        } catch (LambdaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private LambdaStream stream(
            RegisteredFunction function, StreamingFunction handler, LambdaCall call, Duration idle) {
        Pipe pipe = new Pipe(idle, threads::alarm);
        LambdaFunction writer = (payload, context) -> {
            handler.call(payload, pipe.output(), context);
            return NOTHING;
        };
        RunningFunction running = run(function, writer, call);
        pipe.unwanted()
                .thenRun(() -> running.giveUp(new LambdaException(Reason.FAILED, "nobody wants the answer"), null));
        running.answer().whenComplete((result, failure) -> pipe.end(end(result, failure)));
        return new LambdaStream(pipe, running.context().requestId());
    }

    /** @return null where the function came to its end */
    private static LambdaException end(LambdaResult result, Throwable failure) {
        if (failure != null) {
            return failure instanceof LambdaException known
                    ? known
                    : new LambdaException(Reason.FAILED, String.valueOf(failure));
        }
        return result.failed() ? LambdaStream.failure(result) : null;
    }

    private RegisteredFunction called(LambdaCall call) {
        RegisteredFunction function = find(call.function());
        if (function == null) {
            throw new LambdaException(
                    Reason.NOT_FOUND, "function " + call.function() + " is not registered in this process");
        }
        return function;
    }

    private RunningFunction run(RegisteredFunction function, LambdaFunction body, LambdaCall call) {
        boolean event = call.invocationType() == InvocationType.EVENT;
        int maxPayload = event ? MAX_EVENT : MAX_PAYLOAD;
        if (call.payload().length > maxPayload) {
            throw new LambdaException(
                    Reason.TOO_LARGE, "event for " + call.function() + " exceeds " + maxPayload + " bytes");
        }
        boolean callerWaitsLonger = event || call.timeout().compareTo(function.timeout()) > 0;
        Duration limit = callerWaitsLonger ? function.timeout() : call.timeout();
        byte[] payload = call.payload().length == 0 ? EMPTY_EVENT : call.payload();
        RunningFunction running =
                new RunningFunction(body, function.loader(), payload, context(call, function, limit), MAX_ANSWER);
        threads.start(running, limit, () -> giveUp(running, call, callerWaitsLonger ? function.timeout() : null));
        return running;
    }

    private static void giveUp(RunningFunction running, LambdaCall call, Duration functionTimeout) {
        if (functionTimeout != null) {
            running.giveUp(null, FunctionErrors.timedOut(running.context().requestId(), functionTimeout));
        } else {
            running.giveUp(
                    new LambdaException(
                            Reason.TIMEOUT, "no answer from " + call.function() + " after " + call.timeout()),
                    null);
        }
    }

    private FunctionContext context(LambdaCall call, RegisteredFunction function, Duration limit) {
        return new FunctionContext(
                requestIds.get(),
                call.function().within(settings.region(), settings.accountId()),
                function.memorySize(),
                clientContext(call),
                clock.instant().plus(limit),
                clock);
    }

    private static String clientContext(LambdaCall call) {
        try {
            return call.clientContext() == null
                    ? null
                    : new String(Base64.getDecoder().decode(call.clientContext()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new LambdaException(
                    Reason.FAILED, "client context for " + call.function() + " is not Base64: " + e.getMessage());
        }
    }

    private static CompletionStage<LambdaResult> accepted(RunningFunction running) {
        running.answer().thenAccept(result -> {
            if (result.failed()) {
                LOG.warn(
                        "event {} for {} failed: {}",
                        running.context().requestId(),
                        running.context().function(),
                        new String(result.payload(), StandardCharsets.UTF_8));
            }
        });
        return CompletableFuture.completedFuture(LambdaResult.of(NOTHING));
    }
}
