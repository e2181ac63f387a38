package dev.gatehouse;

import dev.gatehouse.controlplane.control.MethodTrial;
import dev.gatehouse.dataplane.flow.TestedCall;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Test invocations: compiles one method alone, without what keeps callers out, and has it run by the flow that serves. What the
 * other methods of the draft look like does not matter.
 */
final class TrialRun {

    /** What a call is told that it came from; reported of Amazon's test invocations. */
    private static final String STAGE = "test-invoke-stage";

    private static final String HOST = "testPrefix.testDomainName";
    private static final GatewayRequest.Client CLIENT =
            new GatewayRequest.Client("test-invoke-source-ip", "HTTP/1.1", "https", 443);

    private TrialRun() {}

    static MethodTrial.Result of(Serving serving, String region, MethodTrial trial) {
        Resource resource = trial.draft().resources().stream()
                .filter(one -> one.id().equals(trial.resourceId()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the draft has no resource " + trial.resourceId()));
        ApiDefinition alone = alone(trial.draft(), resource, trial.httpMethod());
        String document = "restapis/" + alone.restApi().id();
        TestedCall tested = serving.compilers()
                .apply(region)
                .compile(document, alone, stage(trial), false)
                .fold(
                        compiled -> serving.flow()
                                .test(request(trial, resource), compiled, resource.path())
                                .toCompletableFuture()
                                .join(),
                        problems -> serving.flow()
                                .untestable(problems.stream()
                                        .map(problem -> problem.pointer() + ": " + problem.message())
                                        .toList()));
        return new MethodTrial.Result(
                tested.status(),
                tested.headers(),
                new String(tested.body(), StandardCharsets.UTF_8),
                tested.log(),
                tested.latencyMillis());
    }

    private static ApiDefinition alone(ApiDefinition draft, Resource resource, String httpMethod) {
        String key = resource.resourceMethods().containsKey(httpMethod) ? httpMethod : "ANY";
        Method open = resource.resourceMethods().get(key).with(method -> {
            method.authorizationType = AuthorizationType.NONE;
            method.authorizerId = null;
            method.authorizationScopes = List.of();
            method.apiKeyRequired = false;
        });
        Resource only = new Resource(
                resource.id(), resource.parentId(), resource.pathPart(), resource.path(), Map.of(key, open));
        return draft.with(api -> {
            api.resources = List.of(only);
            api.authorizers = List.of();
            api.restApi = Unguarded.of(draft.restApi());
        });
    }

    private static Stage stage(MethodTrial trial) {
        Stage.Draft stage = Stage.draft();
        stage.stageName = STAGE;
        stage.variables = trial.stageVariables();
        stage.clientCertificateId = trial.clientCertificateId();
        stage.methodSettings = Map.of("*/*", MethodSetting.DEFAULTS.with(setting -> {
            setting.loggingLevel = LoggingLevel.INFO;
            setting.dataTraceEnabled = true;
        }));
        return stage.build();
    }

    private static GatewayRequest request(MethodTrial trial, Resource resource) {
        String target = trial.pathWithQueryString() == null
                        || trial.pathWithQueryString().isEmpty()
                ? resource.path()
                : trial.pathWithQueryString();
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        byte[] body = trial.body() == null ? new byte[0] : trial.body().getBytes(StandardCharsets.UTF_8);
        return new GatewayRequest(
                // nothing of the answer depends on which verb ANY stands for, but a backend has to get one
                trial.httpMethod().equals("ANY") ? "GET" : trial.httpMethod(),
                HOST,
                path.startsWith("/") ? path : "/" + path,
                question < 0 ? null : target.substring(question + 1),
                // the method is named by the caller
                trial.headers().where((name, value) -> !name.equalsIgnoreCase("X-HTTP-Method-Override")),
                CLIENT,
                Payload.of(body),
                Downstream.NONE);
    }
}
