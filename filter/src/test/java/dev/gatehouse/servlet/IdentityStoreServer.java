package dev.gatehouse.servlet;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.configuration.SecretSource;
import dev.gatehouse.definition.Problem;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * A gateway in a container that goes by its identities: APIs below {@code /shop/apis}, the control plane below {@code /shop/control}, and at the root
 * of the server, behind the filter, as well, because Amazon's client of IAM for Java leaves out the path of its endpoint.
 */
final class IdentityStoreServer implements AutoCloseable {

    static final String OPERATOR_ID = "AKIAEXAMPLEOPERATOR";
    static final String OPERATOR_SECRET = "a-secret-of-the-operator-that-is-long-enough";
    static final String STORE_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final Server server = new Server();
    private final Gatehouse gateway;

    /**
     * @param files the configuration and its documents; secrets are {@code OPERATOR_ID}, {@code OPERATOR_SECRET}, {@code STORE_KEY}
     * @param more what the application says
     */
    IdentityStoreServer(Map<String, String> files, UnaryOperator<GatehouseBuilder> more) throws Exception {
        gateway = more.apply(Gatehouse.builder()
                        .secrets(new Secrets())
                        .configuration(
                                "gatehouse.yaml",
                                name -> new ByteArrayInputStream(files.get(name).getBytes(StandardCharsets.UTF_8))))
                .build();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/shop");
        context.addServletContainerInitializer((classes, started) ->
                GatehouseFilter.register(started, "gateway", new GatehouseFilter(gateway), "/apis/*"));
        context.addServlet(new ServletHolder(new ControlPlaneServlet(gateway)), "/control/*");
        ServletContextHandler root = new ServletContextHandler("/");
        root.addServletContainerInitializer(
                (classes, started) -> GatehouseFilter.register(started, "gateway", new GatehouseFilter(gateway), "/*"));
        root.addServlet(new ServletHolder(new ControlPlaneServlet(gateway)), "/*");
        server.setHandler(new ContextHandlerCollection(context, root));
        server.start();
    }

    /** Asks for the files again. */
    List<Problem> redeploy() {
        return gateway.redeploy();
    }

    String apis() {
        return address() + "/shop/apis";
    }

    String control() {
        return address() + "/shop/control";
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    private String address() {
        return "http://127.0.0.1:" + port();
    }

    IamClient iam() {
        return iam(port(), OPERATOR_ID, OPERATOR_SECRET);
    }

    IamClient iam(String accessKeyId, String secretAccessKey) {
        return iam(port(), accessKeyId, secretAccessKey);
    }

    static IamClient iam(int port, String accessKeyId, String secretAccessKey) {
        return IamClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(credentials(accessKeyId, secretAccessKey))
                .overrideConfiguration(one -> one.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    ApiGatewayClient apiGateway(String accessKeyId, String secretAccessKey) {
        return apiGateway(port(), accessKeyId, secretAccessKey);
    }

    static ApiGatewayClient apiGateway(int port, String accessKeyId, String secretAccessKey) {
        return ApiGatewayClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials(accessKeyId, secretAccessKey))
                .overrideConfiguration(one -> one.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    private static StaticCredentialsProvider credentials(String accessKeyId, String secretAccessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        gateway.close();
    }

    private static final class Secrets implements SecretSource {

        @Override
        public Optional<String> environment(String name) {
            return Optional.ofNullable(Map.of(
                            "OPERATOR_ID", OPERATOR_ID,
                            "OPERATOR_SECRET", OPERATOR_SECRET,
                            "DECLARED_ID", "AKIAEXAMPLEDECLARED",
                            "STORE_KEY", STORE_KEY,
                            "OTHER_STORE_KEY", STORE_KEY.replace('A', 'B'))
                    .get(name));
        }

        @Override
        public Optional<String> property(String name) {
            return Optional.empty();
        }

        @Override
        public String file(String path) {
            throw new AssertionError(path);
        }
    }
}
