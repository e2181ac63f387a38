package dev.gatehouse.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cases.BehaviourCase.BackendAnswer;
import dev.gatehouse.cases.BehaviourCase.FunctionAnswer;
import dev.gatehouse.compile.Reachable;
import dev.gatehouse.engine.aws.Roles;
import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceEndpoints;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaException;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.engine.lambda.LambdaStream;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.ClientProfile;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayContext;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.HttpSenders;
import dev.gatehouse.http.StreamedReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Everything a gateway can call, answering as the case says and remembering what it was asked. */
final class RecordingBackends implements HttpSender, LambdaInvoker, Reachable {

    private static final String ROLE = "arn:aws:iam::123456789012:role/gateway";

    private static final String LISTENER =
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/orders/1/2";

    /**
     * What arrived; a function's payload is the body of a POST to its name.
     *
     * @param silence of an answer that streams; null where it does not
     * @param profile null where it came through no HTTP client of an integration's choice
     */
    record Received(
            String method,
            String uri,
            Headers headers,
            byte[] body,
            Duration timeout,
            ClientProfile profile,
            Duration silence) {}

    private final BehaviourCase behaviour;
    private final List<Received> calls = new ArrayList<>();
    private final List<Received> authorizerCalls = new ArrayList<>();

    RecordingBackends(BehaviourCase behaviour) {
        this.behaviour = behaviour;
    }

    List<Received> calls() {
        return calls;
    }

    /** Calls of functions that were asked whether somebody may call. */
    List<Received> authorizerCalls() {
        return authorizerCalls;
    }

    /** What comes now is what the case is about. */
    void forget() {
        calls.clear();
        authorizerCalls.clear();
    }

    Received onlyCall() {
        assertThat(calls).as("calls of backends").hasSize(1);
        return calls.get(0);
    }

    /** A case without functions is about something else in its document: there, every function exists. */
    @Override
    public boolean function(FunctionName function, String roleArn) {
        return (roleArn == null || role(roleArn))
                && (behaviour.functions() == null || behaviour.functions().containsKey(key(function)));
    }

    /** A case that cares about versions names them; for the others a function is its name. */
    private String key(FunctionName function) {
        String qualified = function.name() + ":" + function.qualifier();
        boolean named = behaviour.functions() != null && behaviour.functions().containsKey(qualified);
        return named ? qualified : function.name();
    }

    /** What returns a value cannot. */
    @Override
    public boolean streams(FunctionName function) {
        FunctionAnswer answer =
                behaviour.functions() == null ? null : behaviour.functions().get(key(function));
        return answer == null || answer.returns() == null;
    }

    /** One role is known to every case. */
    @Override
    public boolean role(String roleArn) {
        return roles().know(roleArn);
    }

    @Override
    public ServiceEndpoint service(ServiceUri uri) {
        return ServiceEndpoints.AMAZON.find(uri);
    }

    /** One link is known to every case, and one listener behind it. */
    @Override
    public ClientProfile vpcLink(String connectionId, String listener) {
        if (!connectionId.equals("orders")) {
            throw new IllegalArgumentException("there is no VPC link " + connectionId);
        }
        if (listener != null && !listener.equals(LISTENER)) {
            throw new IllegalArgumentException("VPC link orders knows no listener " + listener);
        }
        return new ClientProfile(connectionId, listener, false);
    }

    HttpSenders senders() {
        return profile -> new HttpSender() {
            @Override
            public CompletionStage<BackendReply> send(BackendRequest request) {
                return RecordingBackends.this.send(request, profile, null);
            }

            @Override
            public CompletionStage<StreamedReply> stream(BackendRequest request, Duration silence) {
                return RecordingBackends.this
                        .send(request, profile, silence)
                        .thenApply(reply ->
                                new StreamedReply(reply.status(), reply.headers(), BodyStream.of(reply.body())));
            }
        };
    }

    Roles roles() {
        Credentials keys = new Credentials("AKIDOFTHEROLE", "secret", "token");
        return new Roles(List.of(new Roles.Part(ROLE, keys, false, null)), null, InstantSource.system());
    }

    @Override
    public CompletionStage<BackendReply> send(BackendRequest request) {
        return send(request, null, null);
    }

    private CompletionStage<BackendReply> send(BackendRequest request, ClientProfile profile, Duration silence) {
        calls.add(new Received(
                request.method(),
                request.uri().toString(),
                request.headers(),
                request.body(),
                request.timeout(),
                profile,
                silence));
        BackendAnswer answer = behaviour.backend();
        assertThat(answer).as("the case has no backend, but one is called").isNotNull();
        if (answer.failure() != null) {
            return CompletableFuture.failedFuture(
                    new BackendException(BackendException.Reason.valueOf(answer.failure()), "as the case says"));
        }
        return CompletableFuture.completedFuture(reply(answer));
    }

    private static BackendReply reply(BackendAnswer answer) {
        return new BackendReply(
                answer.status(),
                HeaderLines.parse(answer.headers()),
                CaseRun.bytes(answer.body(), answer.bodyBase64()));
    }

    @Override
    public CompletionStage<LambdaStream> stream(LambdaCall call, Duration silence) {
        return answer(call, silence)
                .thenApply(answer -> new LambdaStream(new Bits(answer.streams(), answer.failed()), "id-of-the-call"));
    }

    /** What a function writes, as the case has it. */
    private static final class Bits implements BodyStream {

        private final Iterator<String> bits;
        private final boolean failed;

        private Bits(List<String> bits, boolean failed) {
            this.bits = bits.iterator();
            this.failed = failed;
        }

        @Override
        public CompletionStage<byte[]> next() {
            if (bits.hasNext()) {
                String text = bits.next().replace("<delimiter>", "\0".repeat(8));
                return CompletableFuture.completedFuture(text.getBytes(StandardCharsets.UTF_8));
            }
            return failed
                    ? CompletableFuture.failedFuture(
                            new LambdaException(LambdaException.Reason.FUNCTION_FAILED, "as the case says"))
                    : CompletableFuture.completedFuture(null);
        }

        @Override
        public void cancel() {
            // what nobody asks for does not come
        }
    }

    @Override
    public CompletionStage<LambdaResult> invoke(LambdaCall call) {
        boolean event = call.invocationType() == LambdaCall.InvocationType.EVENT;
        return answer(call, null)
                .thenApply(answer -> new LambdaResult(
                        event ? new byte[0] : payload(answer), answer.failed() ? "Unhandled" : null, "id-of-the-call"));
    }

    private CompletionStage<FunctionAnswer> answer(LambdaCall call, Duration silence) {
        boolean authorizer = new String(call.payload(), StandardCharsets.UTF_8).contains("\"methodArn\":");
        (authorizer ? authorizerCalls : calls)
                .add(new Received(
                        "POST", key(call.function()), headers(call), call.payload(), call.timeout(), null, silence));
        assertThat(behaviour.functions())
                .as("the case has no function, but one is called")
                .isNotNull();
        FunctionAnswer answer = behaviour.functions().get(key(call.function()));
        if ("UNEXPECTED".equals(answer.failure())) {
            return CompletableFuture.failedFuture(new IllegalStateException("as the case says"));
        }
        if (answer.failure() != null) {
            return CompletableFuture.failedFuture(
                    new LambdaException(LambdaException.Reason.valueOf(answer.failure()), "as the case says"));
        }
        return CompletableFuture.completedFuture(answer);
    }

    /** As the Invoke API has them. */
    private static Headers headers(LambdaCall call) {
        boolean event = call.invocationType() == LambdaCall.InvocationType.EVENT;
        Headers.Builder headers = Headers.builder().add("X-Amz-Invocation-Type", event ? "Event" : "RequestResponse");
        return call.clientContext() == null
                ? headers.build()
                : headers.add("X-Amz-Client-Context", call.clientContext()).build();
    }

    private static byte[] payload(FunctionAnswer answer) {
        try {
            return answer.returnsText() != null
                    ? answer.returnsText().getBytes(StandardCharsets.UTF_8)
                    : new ObjectMapper().writeValueAsBytes(answer.returns());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The application behind the filter, as far as a flow can see it. */
    Downstream application() {
        return new Downstream() {
            @Override
            public CompletionStage<GatewayResponse> stream(
                    GatewayContext context, BackendRequest call, UnaryOperator<Headers> head) {
                return send(call)
                        .thenApply(
                                reply -> GatewayResponse.of(reply.status(), head.apply(reply.headers()), reply.body()));
            }

            @Override
            public CompletionStage<BackendReply> exchange(GatewayContext context, BackendRequest call) {
                return send(call);
            }

            @Override
            public CompletionStage<GatewayResponse> pass() {
                throw new AssertionError("nothing passes in a case");
            }
        };
    }
}
