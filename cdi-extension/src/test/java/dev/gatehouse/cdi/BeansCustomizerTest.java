package dev.gatehouse.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import dev.gatehouse.StageListing;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.RestApiConfiguration;
import dev.gatehouse.configuration.StageConfiguration;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.limit.LimitExceeded;
import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.KeySource.Key;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.junit.jupiter.api.Test;

@GatehouseCdiTest
@AddBeanClasses({
    BeansCustomizerTest.Settings.class,
    BeansCustomizerTest.Greetings.class,
    BeansCustomizerTest.Refusals.class,
    BeansCustomizerTest.Hello.class,
    BeansCustomizerTest.Late.class,
    BeansCustomizerTest.Early.class
})
class BeansCustomizerTest {

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: Greetings, version: "1"}
            paths:
              /hello:
                get:
                  x-amazon-apigateway-integration:
                    type: aws_proxy
                    httpMethod: POST
                    uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
            arn:aws:lambda:us-east-1:000000000000:function:hello/invocations"
              /closed:
                get:
                  x-amazon-apigateway-integration:
                    type: aws_proxy
                    httpMethod: POST
                    uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
            arn:aws:lambda:us-east-1:000000000000:function:hello/invocations"
            """;

    private static final PrincipalArn ANNA = PrincipalArn.of("arn:aws:iam::000000000000:user/anna");

    static final List<String> CALLS = new ArrayList<>();

    @ApplicationScoped
    static class Settings {
        @Produces
        @Singleton
        GatehouseConfiguration configuration() {
            StageConfiguration stage = StageConfiguration.of(draft("prod"));
            return GatehouseConfiguration.builder()
                    .api(RestApiConfiguration.of("greetings", "greetings.yaml", stage))
                    .build();
        }

        @Produces
        @Singleton
        DocumentSource documents() {
            return name -> new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8));
        }

        @Produces
        @Singleton
        IdentitySource identities() {
            Identity anna = Identity.of("AKIAEXAMPLEANNA01", ANNA, List.of());
            return IdentitySource.of(Map.of("AKIAEXAMPLEANNA01", Key.of("a-secret-that-is-long-enough", anna)));
        }

        @Produces
        @Singleton
        DefinitionStore store() {
            return new InMemoryStore();
        }

        private static Stage draft(String name) {
            Stage.Draft draft = Stage.draft();
            draft.stageName = name;
            draft.methodSettings = Map.of("closed/GET", MethodSetting.DEFAULTS.with(setting -> {
                setting.throttlingRateLimit = 0;
                setting.throttlingBurstLimit = 0;
            }));
            return draft.build();
        }
    }

    @ApplicationScoped
    static class Refusals {
        final List<String> seen = new ArrayList<>();

        void refused(@Observes LimitExceeded call) {
            seen.add(call.apiId() + "/" + call.stageName() + " " + call.method() + " " + call.level() + " "
                    + call.limit());
        }

        List<String> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Greetings {
        String greeting() {
            return "hello from a bean";
        }
    }

    @LambdaFunction("hello")
    static final class Hello implements RequestHandler<Map<String, Object>, Map<String, Object>> {
        @Inject
        Greetings greetings;

        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            return Map.of("statusCode", 200, "body", greetings.greeting());
        }
    }

    @ApplicationScoped
    @Priority(2)
    static class Late implements GatehouseCustomizer {
        @Override
        public void customize(GatehouseBuilder builder) {
            CALLS.add("late");
        }

        @Override
        public void started(Gatehouse gateway) {
            CALLS.add("started with " + gateway.stages().size() + " stage");
        }
    }

    @ApplicationScoped
    @Priority(1)
    static class Early implements GatehouseCustomizer {
        @Override
        public void customize(GatehouseBuilder builder) {
            CALLS.add("early");
        }
    }

    @Inject
    Provider<Gatehouse> injected;

    @Inject
    Refusals refusals;

    private final BeansCustomizer customizer = new BeansCustomizer();

    @Test
    void producedConfigurationAndDocumentsAreServed() {
        try (Gatehouse gateway = build()) {
            assertThat(gateway.stages()).extracting(StageListing::stageName).containsExactly("prod");
        }
    }

    @Test
    void beanAnswersAsLambdaFunction() throws Exception {
        try (Gatehouse gateway = build()) {
            GatewayResponse answer =
                    gateway.serve(get("/prod/hello")).toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(answer.status()).isEqualTo(200);
            GatewayResponse.Body.Bytes body = (GatewayResponse.Body.Bytes) answer.body();
            assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).isEqualTo("hello from a bean");
        }
    }

    @Test
    void beanHearsOfACallThatALimitRefused() throws Exception {
        try (Gatehouse gateway = build()) {
            gateway.serve(get("/prod/hello")).toCompletableFuture().get(10, TimeUnit.SECONDS);
            GatewayResponse answer =
                    gateway.serve(get("/prod/closed")).toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(answer.status()).isEqualTo(429);
            assertThat(refusals.seen()).containsExactly("greetings/prod GET /closed METHOD 0.0 per second, burst 0");
        }
    }

    @Test
    void gatewayIsABeanOnceItRuns() {
        assertThatThrownBy(injected::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the gateway does not run yet");
        try (Gatehouse gateway = build()) {
            customizer.started(gateway);

            assertThat(injected.get()).isSameAs(gateway);
        }
    }

    @Test
    void storeThatIsABeanMakesAControlPlaneForIdentitiesThatAreBeans() {
        try (Gatehouse gateway = build()) {
            ControlResponse answer = gateway.controlPlane().orElseThrow().answer(request("AKIAEXAMPLEANNA01"));
            ControlResponse stranger = gateway.controlPlane().orElseThrow().answer(request("AKIAEXAMPLEBERT01"));

            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("User: arn:aws:iam::000000000000:user/anna is not authorized to perform: apigateway:GET");
            assertThat(stranger.headers().first("x-amzn-ErrorType")).isEqualTo("UnrecognizedClientException");
        }
    }

    private static ControlRequest request(String accessKeyId) {
        BackendRequest unsigned = new BackendRequest(
                "GET",
                URI.create("http://localhost/restapis"),
                Headers.of("Host", "localhost"),
                new byte[0],
                Duration.ofSeconds(1));
        BackendRequest signed = new SigV4Signer(Clock.systemUTC())
                .sign(unsigned, Credentials.of(accessKeyId, "a-secret-that-is-long-enough"), "us-east-1", "apigateway");
        return new ControlRequest(
                "GET", "/restapis", "/restapis", null, signed.headers(), new byte[0], "127.0.0.1", false);
    }

    @Test
    void customizersAreCalledByPriority() {
        CALLS.clear();
        try (Gatehouse gateway = build()) {
            customizer.started(gateway);
        }

        assertThat(CALLS).containsExactly("early", "late", "started with 1 stage");
    }

    private Gatehouse build() {
        GatehouseBuilder builder = Gatehouse.builder();
        customizer.customize(builder);
        return builder.build();
    }

    private static GatewayRequest get(String path) {
        return new GatewayRequest(
                "GET",
                "localhost",
                path,
                null,
                Headers.of("Host", "localhost"),
                new GatewayRequest.Client("127.0.0.1", "HTTP/1.1", "http", 80),
                Payload.NONE,
                Downstream.NONE);
    }
}
