package dev.gatehouse;

import dev.gatehouse.controlplane.control.AuthorizerTrial;
import dev.gatehouse.dataplane.flow.TestedAuthorizer;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.AuthorizerType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.util.List;
import java.util.Map;

/** Test invocations of authorizers: one method that does nothing is compiled with the authorizer, which is then asked about it. */
final class AuthorizerTrialRun {

    /** API Gateway developer guide, "Test a Lambda authorizer". */
    private static final String STAGE = "ESTestInvoke-stage";

    private static final String HOST = "testPrefix.testDomainName";
    private static final GatewayRequest.Client CLIENT =
            new GatewayRequest.Client("test-invoke-source-ip", "HTTP/1.1", "https", 443);

    private AuthorizerTrialRun() {}

    static AuthorizerTrial.Result of(Serving serving, String region, AuthorizerTrial trial) {
        Authorizer authorizer = trial.authorizer();
        Stage.Draft stage = Stage.draft();
        stage.stageName = STAGE;
        stage.variables = trial.stageVariables();
        String document = "restapis/" + trial.draft().restApi().id();
        TestedAuthorizer tested = serving.compilers()
                .apply(region)
                .compile(document, alone(trial), stage.build(), false)
                .fold(
                        compiled -> serving.flow()
                                .testAuthorizer(request(trial), compiled, authorizer.id(), identity(trial))
                                .toCompletableFuture()
                                .join(),
                        problems -> serving.flow()
                                .untestableAuthorizer(
                                        authorizer.id(),
                                        problems.stream()
                                                .map(problem -> problem.pointer() + ": " + problem.message())
                                                .toList()));
        return new AuthorizerTrial.Result(
                tested.clientStatus(),
                tested.log(),
                tested.latencyMillis(),
                tested.principalId(),
                tested.policy(),
                tested.context(),
                tested.claims());
    }

    private static ApiDefinition alone(AuthorizerTrial trial) {
        boolean pool = trial.authorizer().type() == AuthorizerType.COGNITO_USER_POOLS;
        // nothing that is remembered may answer a test
        Authorizer asked = trial.authorizer()
                .with(draft -> draft.authorizerResultTtlInSeconds = pool ? draft.authorizerResultTtlInSeconds : 0);
        Integration.Draft nothing = Integration.draft();
        nothing.type = IntegrationType.MOCK;
        Method.Draft method = Method.draft();
        method.httpMethod = "GET";
        method.authorizationType = pool ? AuthorizationType.COGNITO_USER_POOLS : AuthorizationType.CUSTOM;
        method.authorizerId = asked.id();
        method.methodIntegration = nothing.build();
        Resource root = new Resource("", null, null, "/", Map.of("GET", method.build()));
        RestApi api = trial.draft().restApi();
        return trial.draft().with(draft -> {
            draft.resources = List.of(root);
            draft.authorizers = List.of(asked);
            draft.gatewayResponses = Map.of();
            draft.restApi = Unguarded.of(api);
        });
    }

    /** @return what the log calls the incoming identity: the first header that the authorizer wants; empty where it wants none */
    private static String identity(AuthorizerTrial trial) {
        String sources = trial.authorizer().identitySource();
        String prefix = "method.request.header.";
        if (sources == null || !sources.strip().startsWith(prefix)) {
            return "";
        }
        String value = trial.headers().last(sources.split(",")[0].strip().substring(prefix.length()));
        return value == null ? "" : value;
    }

    private static GatewayRequest request(AuthorizerTrial trial) {
        String target = trial.pathWithQueryString() == null
                        || trial.pathWithQueryString().isEmpty()
                ? "/"
                : trial.pathWithQueryString();
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Headers headers = trial.headers().where((name, value) -> !name.equalsIgnoreCase("X-HTTP-Method-Override"));
        return new GatewayRequest(
                "GET",
                HOST,
                path.startsWith("/") ? path : "/" + path,
                question < 0 ? null : target.substring(question + 1),
                headers,
                CLIENT,
                Payload.of(new byte[0]),
                Downstream.NONE);
    }
}
