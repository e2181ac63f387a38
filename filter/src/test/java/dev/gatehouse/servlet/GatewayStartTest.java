package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayStartTest {

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: Shop, version: "1"}
            paths:
              /mocked:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses:
                      default: {statusCode: "200", responseTemplates: {application/json: "NAME"}}
              /head:
                get:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    {type: http_proxy, httpMethod: GET, uri: "servlet:///head"}
              /form:
                post:
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: http
                    httpMethod: POST
                    uri: "servlet:///form?a=1"
                    requestParameters: {integration.request.header.Content-Type: "'application/x-www-form-urlencoded'"}
                    requestTemplates: {application/json: "b=$input.path('$.b')"}
                    responses:
                      default: {statusCode: "201", responseTemplates: {text/plain: "<$input.body>"}}
            """;

    @TempDir
    Path folder;

    private final AtomicReference<ServletContext> context = new AtomicReference<>();
    private ClassLoader application = GatewayStartTest.class.getClassLoader();
    private Server server;

    @BeforeEach
    void writeConfigurations() throws Exception {
        write(folder.resolve("WEB-INF"), "default");
        write(folder.resolve("WEB-INF/other"), "other");
        write(folder.resolve("outside"), "outside");
    }

    private static void write(Path folder, String name) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("gatehouse.yaml"), """
                apis:
                  - restApiId: shop
                    body: shop.yaml
                    stages: [{stageName: prod}]
                """);
        Files.writeString(folder.resolve("shop.yaml"), DOCUMENT.replace("NAME", name));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private void start(Consumer<FilterRegistration.Dynamic> filter, Consumer<ServletContext> before) throws Exception {
        server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler("/shop");
        handler.setBaseResourceAsPath(folder);
        handler.setClassLoader(application);
        handler.addServletContainerInitializer((classes, starting) -> {
            context.set(starting);
            before.accept(starting);
            filter.accept(GatehouseFilter.register(starting, "gatehouse", "/api/*"));
            SampleApplication.install(starting);
        });
        server.setHandler(handler);
        server.start();
    }

    private RawClient client() throws Exception {
        return new RawClient(((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    private String mocked() throws Exception {
        try (RawClient client = client()) {
            return client.get("/shop/api/prod/mocked").body();
        }
    }

    @Test
    void configurationIsInWebInf() throws Exception {
        start(filter -> {}, starting -> {});
        assertThat(mocked()).isEqualTo("default");
    }

    @Test
    void contextParameterNamesAnotherOne() throws Exception {
        start(
                filter -> {},
                starting -> starting.setInitParameter("gatehouse.configuration", "/WEB-INF/other/gatehouse.yaml"));
        assertThat(mocked()).isEqualTo("other");
    }

    @Test
    void filtersOwnParameterWins() throws Exception {
        String outside = folder.resolve("outside/gatehouse.yaml").toUri().toString();
        start(
                filter -> filter.setInitParameter("gatehouse.configuration", outside),
                starting -> starting.setInitParameter("gatehouse.configuration", "/WEB-INF/other/gatehouse.yaml"));
        assertThat(mocked()).isEqualTo("outside");
    }

    @Test
    void readyGatewayIsUsedAndStaysOpen() throws Exception {
        try (Gatehouse ready = Gatehouse.builder()
                .configuration("gatehouse.yaml", DocumentSource.folder(folder.resolve("outside")))
                .build()) {
            start(filter -> {}, starting -> starting.setAttribute("dev.gatehouse.Gatehouse", ready));
            assertThat(mocked()).isEqualTo("outside");
            server.stop();
            assertThat(ready.redeploy()).isEmpty();
        }
    }

    @Test
    void gatewayIsInTheContextWhileItRuns() throws Exception {
        start(filter -> {}, starting -> {});
        assertThat(context.get().getAttribute("dev.gatehouse.Gatehouse")).isInstanceOf(Gatehouse.class);
    }

    @Test
    void brokenConfigurationStopsTheStartWithEveryProblem() throws Exception {
        Files.writeString(folder.resolve("WEB-INF/gatehouse.yaml"), """
                apis:
                  - restApiId: shop
                    body: nowhere.yaml
                    stages: [{stageName: "no good"}]
                    unknown: 1
                """);
        Throwable thrown = catchThrowable(() -> start(filter -> {}, starting -> {}));
        assertThat(thrown).rootCause().isInstanceOf(dev.gatehouse.InvalidConfigurationException.class);
        assertThat(thrown)
                .hasMessageContaining("The gateway does not start.")
                .hasMessageContaining("unknown")
                .hasMessageContaining("stageName")
                .message()
                .hasLineCount(3);
    }

    /** Says no when all is done. */
    public static final class LateObjection implements GatehouseCustomizer {
        @Override
        public void customize(GatehouseBuilder builder) {}

        @Override
        public void started(Gatehouse gateway) {
            throw new IllegalStateException("not like this");
        }
    }

    private static Set<Thread> gatewayThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gatehouse-"))
                .collect(Collectors.toSet());
    }

    @Test
    void customizerThatFailsLeavesNoThreadOfTheGatewayBehind() throws Exception {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(GatehouseCustomizer.class.getName()), LateObjection.class.getName());
        Set<Thread> before = gatewayThreads();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()}, GatewayStartTest.class.getClassLoader())) {
            application = loader;
            assertThat(catchThrowable(() -> start(filter -> {}, starting -> {})))
                    .hasStackTraceContaining("not like this");
        }
        assertThat(gatewayThreads()).isSubsetOf(before);
    }

    @Test
    void filterThatDidNotStartCanBeDestroyed() throws Exception {
        start(filter -> {}, starting -> {});
        new GatehouseFilter().destroy();
    }

    @Test
    void missingConfigurationStopsTheStart() throws Exception {
        Files.delete(folder.resolve("WEB-INF/gatehouse.yaml"));
        assertThat(catchThrowable(() -> start(filter -> {}, starting -> {})))
                .hasMessageContaining("/WEB-INF/gatehouse.yaml")
                .hasMessageContaining("there is no such file");
    }

    @Test
    void locationThatCannotBeOneIsRefused() {
        for (String location : new String[] {"gatehouse.yaml", "http://example.com/gatehouse.yaml", "file:///"}) {
            assertThat(catchThrowable(() -> start(
                            filter -> filter.setInitParameter("gatehouse.configuration", location), starting -> {})))
                    .hasMessageContaining("gatehouse.configuration");
        }
    }

    @Test
    void parametersThatMeanNothingAreRefused() {
        assertThat(catchThrowable(() -> start(filter -> filter.setInitParameter("async", "maybe"), starting -> {})))
                .hasMessageContaining("init-param async must be true or false: maybe");
        assertThat(catchThrowable(
                        () -> start(filter -> filter.setInitParameter("mappingPrefix", "api/"), starting -> {})))
                .hasMessageContaining("mappingPrefix");
    }

    @Test
    void applicationIsReachedThroughTheWholeGateway() throws Exception {
        start(filter -> {}, starting -> {});
        try (RawClient client = client()) {
            RawClient.Answer streamed = client.get("/shop/api/prod/head");
            assertThat(streamed.status()).isEqualTo(201);
            assertThat(streamed.header("X-Many")).isEqualTo("one,two");
            assertThat(streamed.header("x-amzn-RequestId")).isNotNull();
            assertThat(streamed.body()).isEqualTo("{}");

            RawClient.Answer collected =
                    client.post("/shop/api/prod/form", "{\"b\":\"two\"}", "Content-Type: application/json");
            assertThat(collected.status()).isEqualTo(201);
            assertThat(collected.body()).isEqualTo("<a=[1]\r\nb=[two]\r\n>");

            assertThat(client.get("/shop/api/prod/unknown").body())
                    .isEqualTo("{\"message\":\"Missing Authentication Token\"}");
            assertThat(client.get("/shop/api/other").body()).isEqualTo("{\"message\":\"Forbidden\"}");
        }
    }
}
