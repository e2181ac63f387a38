package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.controlplane.store.InMemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Amazon's own client, unchanged, from nothing to an API that answers. */
class ControlPlaneWithSdkTest {

    private RunningControlPlane running;
    private ApiGatewayClient client;

    @BeforeEach
    void start() throws Exception {
        running = new RunningControlPlane();
        client = running.client("AKIDEXAMPLE").build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        running.close();
    }

    @Test
    void whatIsCreatedIsServedAndEditsWaitForTheNextDeployment() throws Exception {
        String api = petsApi("first");
        String first = deploy(api);
        assertThat(get(api, "prod").body()).isEqualTo("first from prod");

        template(api, "second");
        assertThat(get(api, "prod").body()).isEqualTo("first from prod");

        String second = deploy(api);
        assertThat(get(api, "prod").body()).isEqualTo("second from prod");

        updateStage(api, "/deploymentId", first);
        assertThat(get(api, "prod").body()).isEqualTo("first from prod");
        updateStage(api, "/variables/name", "rollback");
        assertThat(get(api, "prod").body()).isEqualTo("first from rollback");

        assertThatThrownBy(
                        () -> client.deleteDeployment(one -> one.restApiId(api).deploymentId(first)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Active stages pointing to this deployment must be moved or deleted");
        client.deleteDeployment(one -> one.restApiId(api).deploymentId(second));
        client.deleteStage(one -> one.restApiId(api).stageName("prod"));
        assertThat(get(api, "prod").statusCode()).isEqualTo(403);
    }

    @Test
    void aCanaryServesItsOwnDeploymentUntilItIsPromoted() throws Exception {
        String api = petsApi("first");
        deploy(api);
        template(api, "second");
        client.createDeployment(one -> one.restApiId(api)
                .stageName("prod")
                .canarySettings(
                        canary -> canary.percentTraffic(100.0).stageVariableOverrides(Map.of("name", "canary"))));
        assertThat(get(api, "prod").body()).isEqualTo("second from canary");

        updateStage(api, "/canarySettings/percentTraffic", "0.0");
        assertThat(get(api, "prod").body()).isEqualTo("first from prod");
        client.updateStage(one -> one.restApiId(api)
                .stageName("prod")
                .patchOperations(
                        copy("/canarySettings/stageVariableOverrides", "/variables"),
                        copy("/canarySettings/deploymentId", "/deploymentId"),
                        PatchOperation.builder()
                                .op(Op.REMOVE)
                                .path("/canarySettings")
                                .build()));
        assertThat(get(api, "prod").body()).isEqualTo("second from canary");
    }

    @Test
    void aDefinitionThatCannotBeServedIsRefusedAndTheOldOneGoesOn() throws Exception {
        String api = petsApi("first");
        deploy(api);
        template(api, "#if(broken");

        assertThatThrownBy(() -> deploy(api)).isInstanceOf(BadRequestException.class);

        assertThat(get(api, "prod").body()).isEqualTo("first from prod");
        assertThat(client.getDeployments(one -> one.restApiId(api)).items()).hasSize(1);
    }

    @Test
    void clientsReadWhatTheyHaveWritten() {
        String api = petsApi("first");
        deploy(api);
        String arn = "arn:aws:apigateway:eu-west-1::/restapis/" + api + "/stages/prod";

        client.tagResource(one -> one.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
        client.untagResource(one -> one.resourceArn(arn).tagKeys("a"));

        Stage stage = client.getStages(one -> one.restApiId(api)).item().get(0);
        assertThat(stage.tags()).isEqualTo(Map.of("b", "2"));
        assertThat(stage.createdDate()).isNotNull();
        assertThat(client.getResourcesPaginator(
                                one -> one.restApiId(api).limit(1).embed("methods"))
                        .items())
                .extracting(resource -> resource.path())
                .containsExactlyInAnyOrder("/", "/pets");
        assertThat(client.getGatewayResponses(one -> one.restApiId(api)).items())
                .hasSize(21);
        client.deleteRestApi(one -> one.restApiId(api));
        assertThatThrownBy(() -> client.getRestApi(one -> one.restApiId(api))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aFilterOverTheWholeApplicationLetsTheControlPlaneBe() throws Exception {
        try (RunningControlPlane covered = new RunningControlPlane(new InMemoryStore(), "/*");
                ApiGatewayClient within = covered.client("AKIDEXAMPLE").build()) {
            String api = within.createRestApi(one -> one.name("within")).id();
            within.tagResource(one -> one.resourceArn("arn:aws:apigateway:eu-west-1::/restapis/" + api)
                    .tags(Map.of("a", "1")));

            assertThat(within.getRestApi(one -> one.restApiId(api)).tags()).containsEntry("a", "1");
        }
    }

    @Test
    void aCallerWhoIsNotLetInLearnsNothing() {
        try (ApiGatewayClient stranger = running.client("AKIDSTRANGER").build()) {
            assertThatThrownBy(() -> stranger.getRestApis())
                    .hasMessageContaining("The security token is invalid")
                    .extracting("statusCode")
                    .isEqualTo(403);
        }
    }

    @Test
    void withoutAGatekeeperTheServletDoesNotStart() throws Exception {
        Server other = new Server(0);
        try (Gatehouse without = RunningControlPlane.gatehouse(null)) {
            ServletContextHandler context = new ServletContextHandler("/");
            ServletHolder holder = new ServletHolder(new ControlPlaneServlet(without));
            holder.setInitOrder(1);
            context.addServlet(holder, "/control/*");
            other.setHandler(context);
            assertThatThrownBy(other::start).hasMessageContaining("no control plane");
        } finally {
            other.stop();
        }
    }

    private String petsApi(String text) {
        var api = client.createRestApi(one -> one.name("pets"));
        String pets = client.createResource(one ->
                        one.restApiId(api.id()).parentId(api.rootResourceId()).pathPart("pets"))
                .id();
        client.putMethod(one ->
                one.restApiId(api.id()).resourceId(pets).httpMethod("GET").authorizationType("NONE"));
        client.putMethodResponse(one ->
                one.restApiId(api.id()).resourceId(pets).httpMethod("GET").statusCode("200"));
        client.putIntegration(one -> one.restApiId(api.id())
                .resourceId(pets)
                .httpMethod("GET")
                .type(IntegrationType.MOCK)
                .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
        client.putIntegrationResponse(one -> one.restApiId(api.id())
                .resourceId(pets)
                .httpMethod("GET")
                .statusCode("200")
                .responseTemplates(Map.of("application/json", text + " from $stageVariables.name")));
        return api.id();
    }

    private void template(String api, String text) {
        String pets = client.getResources(one -> one.restApiId(api)).items().stream()
                .filter(resource -> resource.path().equals("/pets"))
                .findFirst()
                .orElseThrow()
                .id();
        client.updateIntegrationResponse(one -> one.restApiId(api)
                .resourceId(pets)
                .httpMethod("GET")
                .statusCode("200")
                .patchOperations(replace("/responseTemplates/application~1json", text + " from $stageVariables.name")));
    }

    private String deploy(String api) {
        return client.createDeployment(
                        one -> one.restApiId(api).stageName("prod").variables(Map.of("name", "prod")))
                .id();
    }

    private void updateStage(String api, String path, String value) {
        client.updateStage(one -> one.restApiId(api).stageName("prod").patchOperations(replace(path, value)));
    }

    private static PatchOperation replace(String path, String value) {
        return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
    }

    private static PatchOperation copy(String from, String path) {
        return PatchOperation.builder().op(Op.COPY).from(from).path(path).build();
    }

    private HttpResponse<String> get(String api, String stage) throws Exception {
        URI uri = running.stage(api, stage, "/pets");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
