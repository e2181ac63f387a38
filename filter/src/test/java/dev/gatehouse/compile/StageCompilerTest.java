package dev.gatehouse.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ConnectionType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.ResponseTransferMode;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.TlsConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no document can say and a definition made by other means can. */
class StageCompilerTest {

    @Test
    void anAuthorizerThatNobodyWouldAskIsAProblem() {
        assertThat(problems(method -> method.authorizerId = "authorizer"))
                .singleElement()
                .asString()
                .contains("names an authorizer, but its authorizationType is NONE");
    }

    @Test
    void aMethodWithoutAuthorizationTypeIsAProblem() {
        assertThat(problems(method -> method.authorizationType = null)).hasSize(1);
    }

    @Test
    void aValidatorThatDoesNotExistIsAProblem() {
        assertThat(problems(method -> method.requestValidatorId = "nobody"))
                .singleElement()
                .asString()
                .contains("request validator of this method does not exist");
    }

    /** As the control plane may have them; a file of OpenAPI with some of these is refused when it is read. */
    @ParameterizedTest
    @EnumSource(
            value = IntegrationType.class,
            names = {"MOCK", "AWS"})
    void whatOnlyHttpIntegrationsHaveDoesNotDeployWithOthers(IntegrationType type) {
        List<Consumer<Integration.Draft>> changes = List.of(
                integration -> integration.connectionType = ConnectionType.VPC_LINK,
                integration -> integration.connectionId = "link",
                integration -> integration.integrationTarget = "listener",
                integration -> integration.tlsConfig = new TlsConfig(true),
                integration -> integration.responseTransferMode = ResponseTransferMode.STREAM);

        for (Consumer<Integration.Draft> change : changes) {
            Consumer<Integration.Draft> other = integration -> {
                integration.type = type;
                integration.uri = type == IntegrationType.MOCK ? null : "arn:aws:apigateway:us-east-1:sqs:path/q";
            };
            int before = problems(method -> {}, stage -> {}, other).size();

            assertThat(problems(method -> {}, stage -> {}, other.andThen(change)))
                    .hasSize(before + 1);
        }
    }

    @Test
    void credentialsOfAMockDoNotDeploy() {
        assertThat(problems(method -> {}, stage -> {}, integration -> {
                    integration.type = IntegrationType.MOCK;
                    integration.credentials = "arn:aws:iam::123456789012:role/r";
                }))
                .singleElement()
                .asString()
                .contains("credentials");
    }

    @Test
    void whatIsNotEnforcedOfAStageDoesNotDeploy() {
        Map<String, Consumer<Stage.Draft>> changes = Map.of(
                "cacheClusterEnabled", stage -> stage.cacheClusterEnabled = true,
                "cacheClusterSize", stage -> stage.cacheClusterSize = "0.5",
                "cachingEnabled",
                        stage -> stage.methodSettings =
                                Map.of("*/*", MethodSetting.DEFAULTS.with(setting -> setting.cachingEnabled = true)),
                "cacheDataEncrypted",
                        stage -> stage.methodSettings = Map.of(
                                "*/*", MethodSetting.DEFAULTS.with(setting -> setting.cacheDataEncrypted = true)));

        changes.forEach((field, change) -> assertThat(problems(method -> {}, change, integration -> {}))
                .singleElement()
                .asString()
                .contains(field));
    }

    private static List<Problem> problems(Consumer<Method.Draft> change) {
        return problems(change, stage -> {}, integration -> {});
    }

    private static List<Problem> problems(
            Consumer<Method.Draft> ofMethod, Consumer<Stage.Draft> ofStage, Consumer<Integration.Draft> ofIntegration) {
        Integration.Draft integration = Integration.draft();
        integration.type = IntegrationType.HTTP_PROXY;
        integration.uri = "http://backend.example.com/";
        ofIntegration.accept(integration);
        Method.Draft method = Method.draft();
        method.httpMethod = "GET";
        method.methodIntegration = integration.build();
        ofMethod.accept(method);
        RestApi.Draft api = RestApi.draft();
        api.id = "api";
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        stage.deploymentId = "d1";
        ofStage.accept(stage);
        ApiDefinition definition = new ApiDefinition(
                api.build(),
                List.of(new Resource("root", null, null, "/", Map.of("GET", method.build()))),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
        return TestCompilers.compiler()
                .compile("api", definition, stage.build(), false)
                .fold(compiled -> List.of(), found -> found);
    }
}
