package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.integration.LambdaProxyHead;
import dev.gatehouse.dataplane.snapshot.CompiledMethod;
import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.CallerPrincipal;
import dev.gatehouse.http.ClientUsage;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.QueryString;
import dev.gatehouse.http.StreamedReply;
import java.util.Map;

/**
 * How far a call has come. Each phase contains the one before, so that a step can use only what is already known, and nothing
 * known is lost when a step refuses.
 */
sealed interface Phase {

    Arrived arrived();

    /** {@code $context} as far as it is known. */
    CallContext context();

    /** What expressions may ask about. */
    CallFacts facts();

    /** What the plans say; null before they are asked. */
    default Admitted admission() {
        return null;
    }

    default CompiledStage stage() {
        return arrived().stage();
    }

    /**
     * The stage is known, and the request is readable.
     *
     * @param request as it came
     * @param eventPath {@code path} of a proxy event: within the stage, without superfluous slashes in front
     * @param routedPath what is matched against the resources
     * @param headers without those that end at the gateway
     * @param trace {@code X-Amzn-Trace-Id} for backend and answer
     * @param watched null for a call that nobody traces
     */
    record Arrived(
            CompiledStage stage,
            GatewayRequest request,
            String eventPath,
            String routedPath,
            Headers headers,
            QueryString query,
            CallContext context,
            String trace,
            CallTrace watched)
            implements Phase {
        @Override
        public Arrived arrived() {
            return this;
        }

        @Override
        public CallFacts facts() {
            return new CallFacts(Map.of(), query, headers, null, context, stage.variables(), null);
        }
    }

    /**
     * Resource and method are known.
     *
     * @param access what was seen of the decision who may call; null where nobody looked
     */
    record Matched(
            Arrived arrived,
            CompiledMethod method,
            Map<String, String> pathParameters,
            CallContext context,
            AccessNotes access)
            implements Phase {
        @Override
        public CallFacts facts() {
            return new CallFacts(
                    pathParameters, arrived.query, arrived.headers, null, context, stage().variables(), null);
        }

        Matched with(CallContext richer) {
            return new Matched(arrived, method, pathParameters, richer, access);
        }

        Matched with(AccessNotes seen) {
            return new Matched(arrived, method, pathParameters, context, seen);
        }
    }

    /**
     * The caller may call.
     *
     * @param matched with what is known of the caller in its context
     * @param principal who calls, for the application; null for nobody in particular
     * @param usageIdentifierKey the API key that an authorizer named; null where none did
     * @param raw the body as received, where it had to be read to know who calls; null where nobody has read it
     */
    record Authorized(Matched matched, CallerPrincipal principal, String usageIdentifierKey, byte[] raw)
            implements Phase {

        Authorized with(CallContext richer) {
            return new Authorized(matched.with(richer), principal, usageIdentifierKey, raw);
        }

        @Override
        public Arrived arrived() {
            return matched.arrived;
        }

        @Override
        public CallContext context() {
            return matched.context;
        }

        @Override
        public CallFacts facts() {
            return matched.facts();
        }
    }

    /**
     * The call is counted, and no limit is exceeded. A refusal of the plans has come this far, too.
     *
     * @param authorized with the API key in its context, where one was accepted
     * @param usage how the client stands in its plan; null where the call belongs to none
     * @param tellsClient whether the answer tells that, too
     */
    record Admitted(Authorized authorized, ClientUsage usage, boolean tellsClient) implements Phase {
        @Override
        public Admitted admission() {
            return this;
        }

        @Override
        public Arrived arrived() {
            return authorized.arrived();
        }

        @Override
        public CallContext context() {
            return authorized.context();
        }

        @Override
        public CallFacts facts() {
            return authorized.facts();
        }

        Matched matched() {
            return authorized.matched;
        }
    }

    /**
     * The body is here, unless the integration streams it.
     *
     * @param body as received, decompressed; empty where there is none or the application reads it
     */
    record Received(Admitted admitted, byte[] body) implements Phase {
        @Override
        public Admitted admission() {
            return admitted;
        }

        @Override
        public Arrived arrived() {
            return admitted.arrived();
        }

        @Override
        public CallContext context() {
            return admitted.context();
        }

        @Override
        public CallFacts facts() {
            return admitted.facts();
        }

        Matched matched() {
            return admitted.matched();
        }
    }

    /**
     * The request is as the method wants it.
     *
     * @param checked the body as it was parsed to be checked, to be shared by whoever needs it; null where it was not checked
     */
    record Valid(Received received, JsonText checked) implements Phase {
        @Override
        public Admitted admission() {
            return received.admitted;
        }

        @Override
        public Arrived arrived() {
            return received.arrived();
        }

        @Override
        public CallContext context() {
            return received.context();
        }

        @Override
        public CallFacts facts() {
            return received.facts();
        }

        Matched matched() {
            return received.matched();
        }
    }

    /**
     * The backend's request is ready.
     *
     * @param facts with the body as text
     */
    record Mapped(Valid valid, CallFacts facts, BackendCall call) implements Phase {
        @Override
        public Admitted admission() {
            return valid.admission();
        }

        @Override
        public Arrived arrived() {
            return valid.arrived();
        }

        @Override
        public CallContext context() {
            return valid.context();
        }
    }

    /**
     * The backend has answered, after so many milliseconds.
     *
     * @param facts with what the answer is called, where it has a name
     */
    record Answered(Mapped mapped, Answer answer, long latencyMillis, CallFacts facts) implements Phase {

        static Answered of(Mapped mapped, Answer answer, long latencyMillis) {
            String id = answer.requestId();
            CallFacts facts = id == null
                    ? mapped.facts
                    : mapped.facts.withContext(mapped.context().withEndpointRequestId(id));
            return new Answered(mapped, answer, latencyMillis, facts);
        }

        @Override
        public Admitted admission() {
            return mapped.admission();
        }

        @Override
        public Arrived arrived() {
            return mapped.arrived();
        }

        @Override
        public CallContext context() {
            return facts.context();
        }
    }

    /** What came back, before it is mapped. */
    sealed interface Answer {

        /** What an AWS service or a function calls the answer; null for all others. */
        default String requestId() {
            return null;
        }

        /** As far as its head, of one whose body is still coming; null for all others. */
        default StreamedReply coming() {
            return null;
        }

        /**
         * A backend's answer, or the one that a mock stands for.
         *
         * @param requestId null but for AWS services
         */
        record Reply(BackendReply reply, String requestId) implements Answer {

            static Reply of(BackendReply reply) {
                return new Reply(reply, null);
            }

            /** S3 has a header of its own. */
            static Reply ofService(BackendReply reply) {
                String id = reply.headers().first("x-amzn-RequestId");
                return new Reply(reply, id == null ? reply.headers().first("x-amz-request-id") : id);
            }
        }

        /**
         * @param payload what the function returned, or its error object
         * @param failed whether it is an error object
         */
        record FunctionResult(byte[] payload, boolean failed, String requestId) implements Answer {}

        /** A function's answer as far as its head, if it has one; the body is still coming. */
        record FunctionStream(LambdaProxyHead head, String requestId) implements Answer {
            @Override
            public StreamedReply coming() {
                return head instanceof LambdaProxyHead.Head well ? well.reply() : null;
            }
        }

        /** A backend's answer as far as its head; the body is still coming. */
        record Streaming(StreamedReply reply) implements Answer {
            @Override
            public StreamedReply coming() {
                return reply;
            }
        }

        /** The application has answered the client itself. */
        record AlreadySent(GatewayResponse response) implements Answer {}
    }

    /** The answer for the client. */
    record Ready(Answered answered, GatewayResponse response) implements Phase {
        @Override
        public Admitted admission() {
            return answered.admission();
        }

        @Override
        public Arrived arrived() {
            return answered.arrived();
        }

        @Override
        public CallContext context() {
            return answered.context();
        }

        @Override
        public CallFacts facts() {
            return answered.facts();
        }
    }
}
