package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.lambda.LambdaFunction;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An identity server issues tokens over HTTP, the gateway fetches its keys over HTTP, and the application sees who calls. */
class IdentityServerTest {

    private static final String INTEGRATION =
            "x-amazon-apigateway-integration: {type: http_proxy, httpMethod: ANY, uri: 'servlet:///me'}";

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: shop, version: '1'}
            components:
              securitySchemes:
                pool:
                  type: apiKey
                  name: Authorization
                  in: header
                  x-amazon-apigateway-authorizer:
                    type: cognito_user_pools
                    providerARNs: ['arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_Shop']
                gate:
                  type: apiKey
                  name: X-Token
                  in: header
                  x-amazon-apigateway-authorizer:
                    type: token
                    authorizerUri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:gate/invocations'
            paths:
              /me: {get: {security: [{pool: []}], %1$s}}
              /tea: {get: {security: [{pool: [tea/read]}], %1$s}}
              /gate: {get: {security: [{gate: []}], %1$s}}
              /open: {get: {%1$s}}
            """.formatted(INTEGRATION);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static MockOAuth2Server identities;
    private static Gatehouse gateway;
    private static JettyServer server;

    @BeforeAll
    static void start() throws Exception {
        identities = new MockOAuth2Server();
        identities.start(InetAddress.getLoopbackAddress(), 0);
        String configuration = """
                apis:
                  - restApiId: shop
                    body: shop.yaml
                    stages: [{stageName: prod}]
                userPools:
                  - arn: arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_Shop
                    issuer: %s
                    jwksUri: %s
                roles: ["claims.cognito:groups", claims.scope, context.level]
                """.formatted(identities.issuerUrl("shop"), identities.jwksUrl("shop"));
        Map<String, String> files = Map.of("gatehouse.yaml", configuration, "shop.yaml", DOCUMENT);
        gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(files.get(name).getBytes(StandardCharsets.UTF_8)))
                .function(
                        "gate",
                        () -> (LambdaFunction) (payload, context) -> """
                        {"principalId":"ada","context":{"level":"keeper"},"policyDocument":{"Version":"2012-10-17",\
                        "Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}}""".getBytes(StandardCharsets.UTF_8),
                        LambdaFunction.class)
                .build();
        server = new JettyServer(IdentityServerTest::application);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        gateway.close();
        identities.shutdown();
    }

    private static void application(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("gatehouse", new GatehouseFilter(gateway));
        filter.setAsyncSupported(true);
        filter.setInitParameter("async", "true");
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        ServletRegistration.Dynamic servlet = context.addServlet("me", new WhoAmI());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/me");
    }

    /** Tells whom the container tells of. */
    private static final class WhoAmI extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            StringBuilder roles = new StringBuilder();
            for (String role : List.of("readers", "admins", "a,b", "tea/read", "keeper", "*", "**")) {
                roles.append(request.isUserInRole(role) ? role + ";" : "");
            }
            String name = request.getUserPrincipal() == null
                    ? "nobody"
                    : request.getUserPrincipal().getName();
            response.getWriter()
                    .print(name + " " + request.getRemoteUser() + " " + request.getAuthType() + " " + roles);
        }
    }

    /** As a client gets it: by the client credentials grant. */
    private static String token(Map<String, Object> claims, int seconds) throws Exception {
        identities.enqueueCallback(
                new DefaultOAuth2TokenCallback("shop", "ada", "JWT", List.of("web-shop"), claims, seconds));
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(identities.tokenEndpointUrl("shop").uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=client_credentials&client_id=web-shop&client_secret=secret"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).get("access_token").textValue();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/shop/prod" + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theApplicationSeesWhoseTokenItIs() throws Exception {
        String token = token(Map.of("token_use", "id", "cognito:groups", List.of("readers", "a,b")), 3600);
        HttpResponse<String> answer = get("/me", "Authorization", token);

        assertThat(answer.body()).isEqualTo("web-shop web-shop COGNITO_USER_POOLS readers;a,b;**;");
        assertThat(get("/me", "Authorization", "Bearer " + token).body()).isEqualTo(answer.body());
    }

    @Test
    void scopesOfAnAccessTokenAreRoles() throws Exception {
        String token = token(Map.of("token_use", "access", "scope", "openid tea/read"), 3600);

        assertThat(get("/tea", "Authorization", token).body())
                .isEqualTo("web-shop web-shop COGNITO_USER_POOLS tea/read;**;");
        assertThat(get("/me", "Authorization", token).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatProvesNothingReachesNobody() throws Exception {
        String token = token(Map.of("token_use", "id"), 3600);
        String expired = token(Map.of("token_use", "id"), -10);

        assertThat(get("/me").statusCode()).isEqualTo(401);
        assertThat(get("/me", "Authorization", token.substring(0, token.length() - 4) + "AAAA")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/me", "Authorization", expired).body())
                .isEqualTo("{\"message\":\"The incoming token has expired\"}");
    }

    @Test
    void theApplicationSeesWhomALambdaAuthorizerMeans() throws Exception {
        assertThat(get("/gate", "X-Token", "t").body()).isEqualTo("ada ada CUSTOM keeper;**;");
        assertThat(get("/gate", "X-Token", "t").body()).isEqualTo("ada ada CUSTOM keeper;**;");
    }

    @Test
    void headersMakeNobodyUp() throws Exception {
        assertThat(get(
                                "/open",
                                "Remote-User",
                                "eve",
                                "X-Forwarded-User",
                                "eve",
                                "X-Amzn-Principal",
                                "eve",
                                "Authorization",
                                "t")
                        .body())
                .isEqualTo("nobody null null ");
    }
}
