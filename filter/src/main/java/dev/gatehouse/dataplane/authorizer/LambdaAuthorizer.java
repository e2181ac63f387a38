package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.dataplane.authorizer.AuthorizerCache.Kept;
import dev.gatehouse.dataplane.authorizer.AuthorizerCache.Key;
import dev.gatehouse.dataplane.authorizer.AuthorizerCache.Scope;
import dev.gatehouse.dataplane.authorizer.AuthorizerResultReader.InvalidResultException;
import dev.gatehouse.dataplane.authorizer.Denial.Reason;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.MalformedJsonException;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaException;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.pattern.BoundedPattern;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Lambda function who calls and what the caller may do, or remembers what it said. Source: API Gateway developer guide,
 * "Use API Gateway Lambda authorizers".
 *
 * <p>Whatever goes wrong with the function is an authorizer that is not configured right and answers 500; only a policy that says
 * so lets anybody in. Errors are never remembered.
 */
public final class LambdaAuthorizer implements Authorizer {

    /** API Gateway quotas: a Lambda authorizer is called as an integration is. */
    static final Duration TIMEOUT = Duration.ofSeconds(29);

    private static final Logger LOG = LoggerFactory.getLogger(LambdaAuthorizer.class);
    private static final Denial UNAUTHORIZED = Denial.of(Reason.UNAUTHORIZED, "Unauthorized");
    private static final String UNAUTHORIZED_MESSAGE = "Unauthorized";
    private static final String CONFIGURATION = "Execution failed due to configuration error: ";

    /**
     * What there is to know of an authorizer.
     *
     * @param id of the authorizer in its API
     * @param function that is asked
     * @param roleArn in whose name it is asked; null where the function itself permits the call
     * @param identity where the token, or whatever tells callers apart, is
     * @param ttl how long an answer counts; zero for not at all
     */
    public record Settings(String id, FunctionName function, String roleArn, Identity identity, Duration ttl) {

        public Settings {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(function, "function");
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(ttl, "ttl");
        }
    }

    /** What a function is told of a caller. */
    public sealed interface Identity {

        /** What decides about it: two that differ here may lead to different answers. */
        String text();

        /**
         * One header.
         *
         * @param header its name
         * @param validation what the whole of it must look like; null where anything will do
         */
        record Token(String header, BoundedPattern validation) implements Identity {
            @Override
            public String text() {
                return header + " " + validation;
            }
        }

        /**
         * The whole request but for its body.
         *
         * @param sources what must be there, and what an answer is remembered by
         * @param text the sources as they were written
         */
        record Request(IdentitySources sources, String text) implements Identity {}
    }

    private final Settings settings;
    private final AuthorizerCache cache;
    private final LongSupplier nanos;
    private final String definition;

    /** @param nanos a clock as {@link System#nanoTime} */
    public LambdaAuthorizer(Settings settings, AuthorizerCache cache, LongSupplier nanos) {
        this.settings = settings;
        this.cache = cache;
        this.nanos = nanos;
        this.definition = settings.function() + " " + settings.roleArn() + " "
                + settings.identity().text();
    }

    @Override
    public Finding examine(AccessQuery query) {
        String identity = identity(query);
        if (query.witness() != Witness.NONE) {
            query.witness().asked(settings.id(), shown(query));
        }
        if (identity == null) {
            return Finding.Refused.of(UNAUTHORIZED);
        }
        if (settings.ttl().isZero()) {
            return new Finding.Pending(ask(query, identity, null, null));
        }
        Key key = cache.key(scope(query), identity);
        Kept known = cache.get(key);
        if (known == null) {
            SharedCache shared = cache.shared();
            return new Finding.Pending(
                    shared == null
                            ? ask(query, identity, key, null)
                            : shared.find(key).thenCompose(there -> elsewhere(query, identity, key, there)));
        }
        query.witness().remembers();
        return found(query, known.result(), known.caller());
    }

    /** What another node was told is as good as what this one would be. */
    private CompletionStage<Finding> elsewhere(AccessQuery query, String identity, Key key, SharedCache.Known known) {
        if (known.result() == null) {
            return ask(query, identity, key, known.keep());
        }
        Duration rest = known.ttl().compareTo(settings.ttl()) < 0 ? known.ttl() : settings.ttl();
        cache.put(key, known.result(), rest);
        query.witness().remembers();
        return CompletableFuture.completedFuture(
                found(query, known.result(), known.result().caller(0)));
    }

    /** @return what the call shows, also where it is not what the authorizer wants */
    private List<String> shown(AccessQuery query) {
        return settings.identity() instanceof Identity.Token token
                ? query.facts().headers().all(token.header())
                : ((Identity.Request) settings.identity()).sources().shown(query.facts());
    }

    /** @return null where there is nothing to ask about */
    private String identity(AccessQuery query) {
        if (settings.identity() instanceof Identity.Token token) {
            String value = IdentitySources.onlyLine(query.facts().headers(), token.header());
            boolean fits = value != null
                    && (token.validation() == null || token.validation().matches(value));
            return fits ? value : null;
        }
        return ((Identity.Request) settings.identity()).sources().identity(query.facts());
    }

    private Scope scope(AccessQuery query) {
        CallContext.Call call = query.facts().context().call();
        return new Scope(call.apiId(), call.stage(), settings.id(), definition);
    }

    /**
     * @param key null where the answer is not to be kept
     * @param keep null where other nodes are not to have it
     */
    private CompletionStage<Finding> ask(AccessQuery query, String identity, Key key, SharedCache.KeepOutput keep) {
        long started = nanos.getAsLong();
        LambdaCall call = LambdaCall.of(settings.function(), event(query, identity), TIMEOUT)
                .as(settings.roleArn());
        query.witness().calls(call);
        return query.functions().invoke(call).handle((result, failure) -> {
            long millis = (nanos.getAsLong() - started) / 1_000_000;
            return failure == null ? told(query, key, keep, result, millis) : failed(failure);
        });
    }

    private byte[] event(AccessQuery query, String identity) {
        if (settings.identity() instanceof Identity.Request) {
            return query.requestEvent();
        }
        Map<String, String> event = new LinkedHashMap<>();
        event.put("type", "TOKEN");
        event.put("methodArn", query.methodArn());
        event.put("authorizationToken", identity);
        return Json.write(event).getBytes(StandardCharsets.UTF_8);
    }

    private Finding told(AccessQuery query, Key key, SharedCache.KeepOutput keep, LambdaResult answer, long millis) {
        query.witness().answered(answer);
        if (answer.failed()) {
            return Finding.Refused.of(
                    UNAUTHORIZED_MESSAGE.equals(errorMessage(answer.payload()))
                            ? UNAUTHORIZED
                            : misconfigured("Invalid JSON in response: Unrecognized field \"errorType\" , not marked as"
                                    + " ignorable"));
        }
        try {
            AuthorizerResult result = AuthorizerResultReader.read(answer.payload());
            if (key != null) {
                cache.put(key, result, settings.ttl());
            }
            if (keep != null) {
                keep.keep(answer.payload(), settings.ttl());
            }
            return found(query, result, result.caller(millis));
        } catch (InvalidResultException e) {
            return Finding.Refused.of(misconfigured("Invalid JSON in response: " + e.getMessage()));
        }
    }

    private static Finding found(AccessQuery query, AuthorizerResult result, CallerFacts caller) {
        // the caller has no names of its own there: whom the policy is about is clear
        ConditionKeys circumstances =
                ConditionKeys.later(() -> Circumstances.of(query).build());
        PolicyQuery asked = new PolicyQuery(List.of(), Circumstances.INVOKE, query.methodArn(), circumstances);
        Verdict verdict = result.policy().evaluate(asked).verdict();
        return Finding.Found.of(caller, verdict);
    }

    private static Finding failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LambdaException known) {
            return Finding.Refused.of(misconfigured(known.reason() + ": " + known.getMessage()));
        }
        LOG.error("An authorizer's function cannot be called", cause);
        return Finding.Refused.of(new Denial(
                Reason.AUTHORIZER_FAILURE, null, "Internal server error", "Authorizer error: " + cause.getClass()));
    }

    private static Denial misconfigured(String detail) {
        return new Denial(Reason.AUTHORIZER_CONFIGURATION_ERROR, null, null, CONFIGURATION + detail);
    }

    /** @return null where it is none */
    private static String errorMessage(byte[] payload) {
        try {
            return Json.parse(payload) instanceof JsonObject error && error.get("errorMessage") instanceof String text
                    ? text
                    : null;
        } catch (MalformedJsonException e) {
            return null;
        }
    }
}
