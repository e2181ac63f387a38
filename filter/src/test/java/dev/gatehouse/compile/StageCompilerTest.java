package dev.gatehouse.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.Stage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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

    private static List<Problem> problems(Consumer<Method.Draft> change) {
        Integration.Draft integration = Integration.draft();
        integration.type = IntegrationType.HTTP_PROXY;
        integration.uri = "http://backend.example.com/";
        Method.Draft method = Method.draft();
        method.httpMethod = "GET";
        method.methodIntegration = integration.build();
        change.accept(method);
        RestApi.Draft api = RestApi.draft();
        api.id = "api";
        Stage.Draft stage = Stage.draft();
        stage.stageName = "prod";
        stage.deploymentId = "d1";
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
