import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.QuotaPeriodType;

/** What pets.sh does, by the AWS SDK for Java 2. The same variables of the environment say where and who. */
public final class Pets {

    public static void main(String[] arguments) throws Exception {
        try (ApiGatewayClient client = ApiGatewayClient.builder()
                .endpointOverride(URI.create(System.getenv("GATEHOUSE_CONTROL")))
                .build()) {
            String api = create(client);
            String deployment = deploy(client, api);
            String plan = client.createUsagePlan(one -> one.name("gold")
                            .apiStages(stage -> stage.apiId(api).stage("prod"))
                            .throttle(throttle -> throttle.rateLimit(100.0).burstLimit(200))
                            .quota(quota -> quota.limit(10_000).period(QuotaPeriodType.DAY)))
                    .id();
            var key = client.createApiKey(one -> one.name("rex").enabled(true));
            client.createUsagePlanKey(
                    one -> one.usagePlanId(plan).keyId(key.id()).keyType("API_KEY"));

            System.out.println("without a key: " + call(api, null));
            System.out.println("with a key: " + call(api, key.value()));

            client.updateUsagePlan(one -> one.usagePlanId(plan)
                    .patchOperations(
                            patch -> patch.op(Op.REMOVE).path("/apiStages").value(api + ":prod")));
            client.deleteUsagePlan(one -> one.usagePlanId(plan));
            client.deleteApiKey(one -> one.apiKey(key.id()));
            client.deleteStage(one -> one.restApiId(api).stageName("prod"));
            client.deleteDeployment(one -> one.restApiId(api).deploymentId(deployment));
            client.deleteRestApi(one -> one.restApiId(api));
            try {
                client.getRestApi(one -> one.restApiId(api));
            } catch (NotFoundException gone) {
                System.out.println("gone: " + gone.statusCode());
            }
        }
    }

    /** An API with one resource, /pets, and one method that the gateway answers itself. */
    private static String create(ApiGatewayClient client) {
        var api = client.createRestApi(one -> one.name("pets"));
        String pets = client.createResource(one ->
                        one.restApiId(api.id()).parentId(api.rootResourceId()).pathPart("pets"))
                .id();
        client.putMethod(one -> one.restApiId(api.id())
                .resourceId(pets)
                .httpMethod("GET")
                .authorizationType("NONE")
                .apiKeyRequired(true));
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
                .responseTemplates(Map.of("application/json", "[\"Rex\", \"$stageVariables.second\"]")));
        return api.id();
    }

    /** A deployment freezes the API; the stage says where it is served, and with which variables. */
    private static String deploy(ApiGatewayClient client, String api) {
        String deployment = client.createDeployment(
                        one -> one.restApiId(api).stageName("prod").variables(Map.of("second", "Tom")))
                .id();
        client.updateStage(one -> one.restApiId(api)
                .stageName("prod")
                .patchOperations(
                        patch -> patch.op(Op.REPLACE).path("/variables/second").value("Mia")));
        return deployment;
    }

    private static String call(String api, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(System.getenv("GATEHOUSE_APIS") + "/" + api + "/prod/_user_request_/pets"));
        if (key != null) {
            request.header("x-api-key", key);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }
}
