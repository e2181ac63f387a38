package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Admitted;
import dev.gatehouse.dataplane.flow.Phase.Answer;
import dev.gatehouse.dataplane.flow.Phase.Answered;
import dev.gatehouse.dataplane.flow.Phase.Arrived;
import dev.gatehouse.dataplane.flow.Phase.Authorized;
import dev.gatehouse.dataplane.flow.Phase.Mapped;
import dev.gatehouse.dataplane.flow.Phase.Matched;
import dev.gatehouse.dataplane.flow.Phase.Received;
import dev.gatehouse.dataplane.flow.Phase.Valid;
import dev.gatehouse.dataplane.observe.Excerpts;
import dev.gatehouse.dataplane.observe.Secrets;
import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.lambda.LambdaCall;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.ClientUsage;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what {@code docs/reference/request-traces.md} describes. For one trace, when the call is over. */
final class TraceDocument {

    private final Phase last;
    private final Secrets secrets = new Secrets();
    private final Excerpts excerpts = new Excerpts(secrets);

    /** @param last as far as the call has come */
    TraceDocument(Phase last) {
        this.last = last;
    }

    /**
     * @param refusal null where the call was served
     * @return JSON in UTF-8
     */
    byte[] write(List<CallTrace.Step> steps, Refusal refusal, GatewayResponse response, long nanos) {
        learn(steps, response);
        CallContext.Call call = last.context().call();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", call.requestId());
        document.put("time", call.requestTime().toString());
        document.put("restApiId", last.stage().apiId());
        document.put("stage", last.stage().stageName());
        document.put("deploymentId", last.stage().deploymentId());
        if (call.isCanaryRequest() != null) {
            document.put("canary", call.isCanaryRequest());
        }
        document.put("microseconds", micros(nanos));
        document.put("request", request());
        List<Object> told = new ArrayList<>();
        for (CallTrace.Step step : steps) {
            told.add(step(step));
        }
        document.put("steps", told);
        if (refusal != null) {
            document.put("refused", refused(refusal));
        }
        document.put("response", response(response));
        document.put("shortened", excerpts.shortened());
        return Json.write(document).getBytes(StandardCharsets.UTF_8);
    }

    // ---- secrets, before anything is shown

    private void learn(List<CallTrace.Step> steps, GatewayResponse response) {
        GatewayRequest request = last.arrived().request();
        secrets.learn(request.headers());
        if (request.query() != null) {
            secrets.learnFrom("?" + request.query());
        }
        CallContext.ApiKey key = last.context().identity().apiKey();
        secrets.learn(key == null ? null : key.value());
        for (CallTrace.Step step : steps) {
            learn(step);
        }
        secrets.learn(response.headers());
    }

    private void learn(CallTrace.Step step) {
        if (step.after() instanceof Matched matched && matched.access() != null) {
            learn(matched.access());
        } else if (step.after() instanceof Authorized authorized) {
            secrets.learn(authorized.usageIdentifierKey());
            if (authorized.matched().access() != null) {
                learn(authorized.matched().access());
            }
        } else if (step.after() instanceof Received received) {
            learnFrom(received.body());
        } else if (step.after() instanceof Mapped mapped) {
            BackendRequest request = request(mapped.call());
            if (request != null) {
                secrets.learn(request.headers());
            }
        } else if (step.after() instanceof Answered answered) {
            if (answered.answer() instanceof Answer.Reply reply) {
                secrets.learn(reply.reply().headers());
                learnFrom(reply.reply().body());
            } else if (answered.answer().coming() != null) {
                secrets.learn(answered.answer().coming().headers());
            } else if (answered.answer() instanceof Answer.FunctionResult result) {
                learnFrom(result.payload());
            }
        }
    }

    private void learn(AccessNotes notes) {
        notes.identity().forEach(secrets::learn);
        if (notes.result() != null) {
            learnFrom(notes.result().payload());
        }
    }

    /** What lies further behind is not shown under any name. */
    private void learnFrom(byte[] body) {
        secrets.learnFrom(new String(body, 0, Math.min(body.length, 64 * 1024), StandardCharsets.UTF_8));
    }

    // ---- the call

    private Map<String, Object> request() {
        GatewayRequest request = last.arrived().request();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("method", excerpts.text(request.method()));
        shown.put("host", excerpts.text(request.host()));
        shown.put("path", excerpts.text(request.path()));
        shown.put("query", excerpts.text(request.query()));
        shown.put("headers", excerpts.headers(request.headers()));
        shown.put("sourceIp", request.client().sourceIp());
        return shown;
    }

    private Map<String, Object> step(CallTrace.Step step) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("step", name(step.before()));
        shown.put("microseconds", micros(step.nanos()));
        if (step.before() instanceof Arrived) {
            route(step.after(), shown);
        } else if (step.before() instanceof Matched) {
            authorize(step.after(), shown);
        } else if (step.before() instanceof Authorized authorized) {
            admit(authorized, step.after(), shown);
        } else if (step.before() instanceof Admitted && step.after() instanceof Received received) {
            shown.put("bytes", received.body().length);
            shown.put("body", excerpts.text(received.body()));
        } else if (step.before() instanceof Received received) {
            validate(received, step.after(), shown);
        } else if (step.before() instanceof Valid) {
            mapping(step, shown);
            overrides(last.context().overrides().requestTouched(), true, shown);
        } else if (step.before() instanceof Mapped mapped) {
            integrate(mapped, step.after(), shown);
        } else if (step.before() instanceof Answered) {
            mapping(step, shown);
            overrides(last.context().overrides().responseTouched(), false, shown);
        }
        if (step.refusal() != null) {
            shown.put("refused", refused(step.refusal()));
        }
        return shown;
    }

    /** Which step comes after a phase. */
    private static String name(Phase before) {
        if (before instanceof Arrived) {
            return "route";
        }
        if (before instanceof Matched) {
            return "authorize";
        }
        if (before instanceof Authorized) {
            return "admit";
        }
        if (before instanceof Admitted) {
            return "receive";
        }
        if (before instanceof Received) {
            return "validate";
        }
        if (before instanceof Valid) {
            return "mapRequest";
        }
        return before instanceof Mapped ? "integrate" : "mapResponse";
    }

    private void route(Phase after, Map<String, Object> shown) {
        if (after instanceof Matched matched) {
            shown.put("resourceId", matched.method().resourceId());
            shown.put("resourcePath", matched.method().resourcePath());
            shown.put("httpMethod", matched.method().httpMethod());
            shown.put("pathParameters", excerpts.map(matched.pathParameters()));
        }
    }

    private void authorize(Phase after, Map<String, Object> shown) {
        Matched matched = after instanceof Authorized authorized ? authorized.matched() : (Matched) after;
        AccessNotes notes = matched.access();
        AccessNotes.Rule rule = notes == null ? null : notes.rule();
        if (rule != null) {
            shown.put("authorization", rule.authorization().name());
        } else if (notes == null) {
            shown.put("authorization", "NONE");
        }
        if (notes != null && notes.authorizerId() != null) {
            shown.put("authorizer", authorizer(notes));
        }
        if (rule != null) {
            shown.put("caller", excerpts.text(rule.callerName()));
            Map<String, Object> policies = new LinkedHashMap<>();
            policies.put("caller", rule.own() == null ? null : rule.own().name());
            policies.put(
                    "resource", rule.resource() == null ? null : rule.resource().name());
            shown.put("policies", policies);
        }
        if (matched.context().authorizer() != null) {
            shown.put("context", excerpts.map(matched.context().authorizer()));
        }
    }

    private Map<String, Object> authorizer(AccessNotes notes) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", notes.authorizerId());
        shown.put("identity", notes.identity().isEmpty() ? null : Secrets.HIDDEN);
        shown.put("remembered", notes.remembered());
        LambdaCall call = notes.call();
        if (call != null) {
            shown.put("function", call.function().toString());
            shown.put("event", excerpts.text(call.payload()));
        }
        LambdaResult result = notes.result();
        if (result != null) {
            shown.put("failed", result.failed());
            shown.put("result", excerpts.text(result.payload()));
        }
        return shown;
    }

    private void admit(Authorized authorized, Phase after, Map<String, Object> shown) {
        shown.put("apiKeyRequired", authorized.matched().method().apiKeyRequired());
        CallContext.ApiKey key = after.context().identity().apiKey();
        shown.put("apiKeyId", key == null ? null : key.id());
        ClientUsage usage = after.admission() == null ? null : after.admission().usage();
        if (usage != null) {
            shown.put("usagePlanId", usage.planId());
            if (usage.rateLimit() != null) {
                Map<String, Object> throttle = new LinkedHashMap<>();
                throttle.put("rateLimit", usage.rateLimit());
                throttle.put("burstLimit", usage.burstLimit());
                throttle.put("remaining", usage.burstRemaining());
                shown.put("throttle", throttle);
            }
            if (usage.quotaLimit() != null) {
                Map<String, Object> quota = new LinkedHashMap<>();
                quota.put("limit", usage.quotaLimit());
                quota.put("remaining", usage.quotaRemaining());
                quota.put("ends", String.valueOf(usage.quotaEnds()));
                shown.put("quota", quota);
            }
        }
    }

    private static void validate(Received received, Phase after, Map<String, Object> shown) {
        var wanted = received.matched().method().validation();
        shown.put(
                "requiredParameters",
                wanted.requiredParameters().stream()
                        .map(parameter -> parameter.location().name().toLowerCase(Locale.ROOT) + "." + parameter.name())
                        .toList());
        shown.put("bodyModels", !wanted.models().isEmpty());
        shown.put("bodyChecked", after instanceof Valid valid && valid.checked() != null);
    }

    private void mapping(CallTrace.Step step, Map<String, Object> shown) {
        if (step.selected() != null) {
            Map<String, Object> selected = new LinkedHashMap<>();
            selected.put("selectionPattern", step.selected().selectionPattern());
            selected.put("statusCode", step.selected().status());
            shown.put("integrationResponse", selected);
        }
        CallTrace.Rendering rendering = step.rendering();
        if (rendering != null) {
            Map<String, Object> template = new LinkedHashMap<>();
            template.put("name", rendering.name());
            template.put("input", excerpts.text(rendering.input()));
            template.put("output", excerpts.text(rendering.output()));
            shown.put("template", template);
        }
    }

    private void overrides(boolean touched, boolean ofRequest, Map<String, Object> shown) {
        if (touched) {
            var overrides = last.context().overrides();
            shown.put("overrides", excerpts.map(ofRequest ? overrides.request() : overrides.response()));
        }
    }

    private void integrate(Mapped mapped, Phase after, Map<String, Object> shown) {
        CompiledIntegration integration = mapped.valid().matched().method().integration();
        shown.put("type", type(integration));
        BackendRequest request = request(mapped.call());
        if (request != null) {
            Map<String, Object> sent = new LinkedHashMap<>();
            sent.put("method", request.method());
            sent.put("uri", excerpts.text(request.uri().toString()));
            sent.put("headers", excerpts.headers(request.headers()));
            sent.put("body", excerpts.text(request.body()));
            sent.put("timeoutInMillis", request.timeout().toMillis());
            shown.put("request", sent);
        } else if (mapped.call() instanceof BackendCall.Function function) {
            Map<String, Object> sent = new LinkedHashMap<>();
            sent.put("function", function.call().function().toString());
            sent.put("invocationType", function.call().invocationType().wireName());
            sent.put("event", excerpts.text(function.call().payload()));
            sent.put("timeoutInMillis", function.call().timeout().toMillis());
            shown.put("request", sent);
        }
        if (after instanceof Answered answered && !(mapped.call() instanceof BackendCall.Mock)) {
            shown.put("response", answer(answered.answer()));
        }
    }

    private Map<String, Object> answer(Answer answer) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (answer instanceof Answer.Reply reply) {
            shown.put("status", reply.reply().status());
            shown.put("headers", excerpts.headers(reply.reply().headers()));
            shown.put("body", excerpts.text(reply.reply().body()));
        } else if (answer instanceof Answer.FunctionResult result) {
            shown.put("failed", result.failed());
            shown.put("result", excerpts.text(result.payload()));
        } else if (answer.coming() != null) {
            shown.put("status", answer.coming().status());
            shown.put("headers", excerpts.headers(answer.coming().headers()));
            shown.put("streamed", true);
        } else if (answer instanceof Answer.FunctionStream) {
            // whose head is malformed: the refusal tells how
            shown.put("streamed", false);
        } else if (answer instanceof Answer.AlreadySent sent) {
            return response(sent.response());
        }
        return shown;
    }

    private static String type(CompiledIntegration integration) {
        if (integration instanceof CompiledIntegration.Mock) {
            return "MOCK";
        }
        if (integration instanceof CompiledIntegration.Http http) {
            return http.proxy() ? "HTTP_PROXY" : "HTTP";
        }
        if (integration instanceof CompiledIntegration.Application application) {
            return application.proxy() ? "APPLICATION_PROXY" : "APPLICATION";
        }
        if (integration instanceof CompiledIntegration.Lambda lambda) {
            return lambda.proxy() ? "AWS_PROXY" : "AWS";
        }
        return integration instanceof CompiledIntegration.Service ? "AWS" : "UNMATCHED";
    }

    private static BackendRequest request(BackendCall call) {
        if (call instanceof BackendCall.Http http) {
            return http.request();
        }
        if (call instanceof BackendCall.Service service) {
            return service.call().request();
        }
        if (call instanceof BackendCall.ApplicationExchange exchange) {
            return exchange.request();
        }
        return call instanceof BackendCall.ApplicationStream stream ? stream.request() : null;
    }

    private Map<String, Object> refused(Refusal refusal) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("responseType", refusal.type().name());
        shown.put("status", refusal.status());
        shown.put("message", excerpts.text(refusal.message()));
        shown.put("detail", excerpts.text(refusal.detail()));
        if (refusal.remark() != null) {
            shown.put("remark", excerpts.text(refusal.remark()));
        }
        return shown;
    }

    private Map<String, Object> response(GatewayResponse response) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("status", response.status());
        shown.put("headers", excerpts.headers(response.headers()));
        if (response.body() instanceof GatewayResponse.Body.Bytes body) {
            shown.put("body", excerpts.text(body.bytes()));
        } else if (response.body() instanceof GatewayResponse.Body.Stream) {
            shown.put("streamed", true);
        } else {
            shown.put("sentByApplication", true);
        }
        return shown;
    }

    private static BigDecimal micros(long nanos) {
        return BigDecimal.valueOf(nanos / 100, 1);
    }
}
