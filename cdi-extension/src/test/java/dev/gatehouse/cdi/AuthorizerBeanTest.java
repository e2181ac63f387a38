package dev.gatehouse.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.configuration.FunctionConfiguration.FunctionName;
import dev.gatehouse.configuration.FunctionConfiguration.InProcess;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.RestApiConfiguration;
import dev.gatehouse.configuration.StageConfiguration;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.junit.jupiter.api.Test;

/** A bean, and a class that is none, decide who may call. */
@GatehouseCdiTest
@AddBeanClasses({
    AuthorizerBeanTest.Settings.class,
    AuthorizerBeanTest.Visit.class,
    AuthorizerBeanTest.DoorBean.class,
    AuthorizerBeanTest.Hall.class
})
class AuthorizerBeanTest {

    private static final String INVOKE =
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:";

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: house, version: "1"}
            components:
              securitySchemes:
                bean:
                  type: apiKey
                  name: X-Word
                  in: header
                  x-amazon-apigateway-authorizer: {type: token, authorizerUri: "%1$sdoor-bean/invocations"}
                class:
                  type: apiKey
                  name: X-Word
                  in: header
                  x-amazon-apigateway-authorizer: {type: token, authorizerUri: "%1$sdoor-class/invocations"}
            paths:
              /bean:
                get:
                  security: [{bean: []}]
                  x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "%1$shall/invocations"}
              /class:
                get:
                  security: [{class: []}]
                  x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "%1$shall/invocations"}
            """.formatted(INVOKE);

    @ApplicationScoped
    static class Settings {
        @Produces
        @Singleton
        GatehouseConfiguration configuration() {
            Stage.Draft stage = Stage.draft();
            stage.stageName = "prod";
            return GatehouseConfiguration.builder()
                    .api(RestApiConfiguration.of("house", "house.yaml", StageConfiguration.of(stage.build())))
                    .function(new InProcess(
                            FunctionName.parse("door-class"), DoorClass.class.getName(), Duration.ofSeconds(3), 128))
                    .build();
        }

        @Produces
        @Singleton
        DocumentSource documents() {
            return name -> new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of the request scope, which is a new one for each question. */
    @RequestScoped
    static class Visit {
        private int questions;

        int questions() {
            return ++questions;
        }
    }

    private abstract static class Door implements RequestHandler<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            String word = (String) event.get("authorizationToken");
            switch (word) {
                case "please":
                    return answer("Allow");
                case "now":
                    return answer("Deny");
                case "who":
                    throw new IllegalArgumentException("Unauthorized");
                default:
                    throw new IllegalStateException("the door is stuck");
            }
        }

        abstract String name();

        private Map<String, Object> answer(String effect) {
            Map<String, Object> statement =
                    Map.of("Effect", effect, "Action", "execute-api:Invoke", "Resource", "arn:aws:execute-api:*");
            return Map.of(
                    "principalId",
                    name(),
                    "policyDocument",
                    Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
        }
    }

    @LambdaFunction("door-bean")
    static class DoorBean extends Door {
        @Inject
        Visit visit;

        @Override
        String name() {
            return "bean " + visit.questions();
        }
    }

    /** No bean: named in the configuration. */
    public static final class DoorClass extends Door {
        @Override
        String name() {
            return "class";
        }
    }

    @LambdaFunction("hall")
    static class Hall implements RequestHandler<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            Map<?, ?> authorizer = (Map<?, ?>) ((Map<?, ?>) event.get("requestContext")).get("authorizer");
            return Map.of("statusCode", 200, "body", authorizer.get("principalId"));
        }
    }

    @Test
    void beanAndClassLetIn() throws Exception {
        try (Gatehouse gateway = build()) {
            assertThat(said(gateway, "/prod/bean", "please")).isEqualTo("200 bean 1");
            assertThat(said(gateway, "/prod/class", "please")).isEqualTo("200 class");
        }
    }

    @Test
    void whateverElseTheySayLetsNobodyIn() throws Exception {
        try (Gatehouse gateway = build()) {
            for (String path : List.of("/prod/bean", "/prod/class")) {
                assertThat(said(gateway, path, "now"))
                        .isEqualTo("403 {\"message\":\"User is not authorized to access this resource with an explicit"
                                + " deny\"}");
                assertThat(said(gateway, path, "who")).isEqualTo("401 {\"message\":\"Unauthorized\"}");
                assertThat(said(gateway, path, "!")).isEqualTo("500 {\"message\":null}");
            }
        }
    }

    private static Gatehouse build() {
        GatehouseBuilder builder = Gatehouse.builder();
        new BeansCustomizer().customize(builder);
        return builder.build();
    }

    private static String said(Gatehouse gateway, String path, String word) throws Exception {
        GatewayRequest request = new GatewayRequest(
                "GET",
                "localhost",
                path,
                null,
                Headers.of("Host", "localhost", "X-Word", word),
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.NONE,
                Downstream.NONE);
        GatewayResponse answer = gateway.serve(request).toCompletableFuture().get(10, TimeUnit.SECONDS);
        GatewayResponse.Body.Bytes body = (GatewayResponse.Body.Bytes) answer.body();
        return answer.status() + " " + new String(body.bytes(), StandardCharsets.UTF_8);
    }
}
