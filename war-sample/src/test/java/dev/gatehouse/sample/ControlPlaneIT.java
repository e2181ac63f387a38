package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;

/** Amazon's own client against the control plane of the sample, encoded slashes and all. */
@ArquillianTest
class ControlPlaneIT {

    @ArquillianResource
    URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return HarbourBooksWar.named("control");
    }

    @Test
    void apiIsCreatedTaggedDeployedAndServed() throws Exception {
        try (ApiGatewayClient tools = tools(System.getenv("HARBOUR_SECRET_ACCESS_KEY"))) {
            String api = mock(tools);
            String arn = "arn:aws:apigateway:eu-central-1::/restapis/" + api;
            tools.tagResource(one -> one.resourceArn(arn).tags(Map.of("town", "New Bedford", "ship/name", "Pequod")));
            tools.untagResource(one -> one.resourceArn(arn).tagKeys("town"));
            tools.createDeployment(one -> one.restApiId(api).stageName("prod"));

            assertThat(tools.getTags(one -> one.resourceArn(arn)).tags()).isEqualTo(Map.of("ship/name", "Pequod"));
            HttpResponse<String> answer = Client.of(base).get("_aws/execute-api/" + api + "/prod/");
            assertThat(answer.body()).isEqualTo("from the control plane");
        }
    }

    @Test
    void methodResponseAndDefaultsWithParenthesesAreOneSegment() throws Exception {
        try (ApiGatewayClient tools = tools(System.getenv("HARBOUR_SECRET_ACCESS_KEY"))) {
            tools.createDomainName(one -> one.domainName("books.example.com")
                    .regionalCertificateArn("arn:aws:acm:eu-central-1:123456789012:certificate/a")
                    .endpointConfiguration(endpoint -> endpoint.typesWithStrings("REGIONAL")));
            String api = mock(tools);
            tools.createDeployment(one -> one.restApiId(api).stageName("prod"));
            tools.createBasePathMapping(
                    one -> one.domainName("books.example.com").restApiId(api).stage("prod"));

            assertThat(tools.getBasePathMapping(
                                    one -> one.domainName("books.example.com").basePath("(none)"))
                            .restApiId())
                    .isEqualTo(api);
        }
    }

    @Test
    void declaredApiIsShownAndCannotBeChanged() {
        try (ApiGatewayClient tools = tools(System.getenv("HARBOUR_SECRET_ACCESS_KEY"))) {
            assertThat(tools.getRestApis().items()).extracting(api -> api.id()).contains("harbour");
            assertThatThrownBy(() -> tools.deleteRestApi(one -> one.restApiId("harbour")))
                    .isInstanceOf(ApiGatewayException.class)
                    .hasMessageContaining("declared in the configuration");
        }
    }

    @Test
    void anotherSecretOpensNothing() {
        try (ApiGatewayClient stranger = tools("not-the-secret-of-this-container")) {
            assertThatThrownBy(stranger::getRestApis)
                    .isInstanceOf(ApiGatewayException.class)
                    .hasMessageContaining("The request signature we calculated does not match");
        }
    }

    private static String mock(ApiGatewayClient tools) {
        var api = tools.createRestApi(one -> one.name("made by tools"));
        tools.putMethod(one -> one.restApiId(api.id())
                .resourceId(api.rootResourceId())
                .httpMethod("GET")
                .authorizationType("NONE"));
        tools.putMethodResponse(one -> one.restApiId(api.id())
                .resourceId(api.rootResourceId())
                .httpMethod("GET")
                .statusCode("200"));
        tools.putIntegration(one -> one.restApiId(api.id())
                .resourceId(api.rootResourceId())
                .httpMethod("GET")
                .type(IntegrationType.MOCK)
                .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
        tools.putIntegrationResponse(one -> one.restApiId(api.id())
                .resourceId(api.rootResourceId())
                .httpMethod("GET")
                .statusCode("200")
                .responseTemplates(Map.of("application/json", "from the control plane")));
        return api.id();
    }

    private ApiGatewayClient tools(String secret) {
        return ApiGatewayClient.builder()
                .endpointOverride(URI.create(base + "_gatehouse/control"))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(System.getenv("HARBOUR_ACCESS_KEY_ID"), secret)))
                .build();
    }
}
