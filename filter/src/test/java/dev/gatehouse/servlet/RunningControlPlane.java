package dev.gatehouse.servlet;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.control.ControlError;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ResourceTags;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.InMemoryStore;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClientBuilder;

/** A gateway with a control plane in memory, in a container: APIs below {@code /shop/apis}, Amazon's operations below {@code /shop/control}. */
final class RunningControlPlane implements AutoCloseable {

    static final String ACCESS_KEY_ID = "AKIDEXAMPLE";
    static final String SECRET_ACCESS_KEY = "secret";

    private final Server server = new Server();
    private final Gatehouse gatehouse;

    RunningControlPlane() throws Exception {
        this(new InMemoryStore());
    }

    RunningControlPlane(DefinitionStore store) throws Exception {
        this(store, "/apis/*");
    }

    /** @param filterPattern where the filter is mapped */
    RunningControlPlane(DefinitionStore store, String filterPattern) throws Exception {
        gatehouse = gatehouse(store);
        HttpConfiguration http = new HttpConfiguration();
        // ARNs of tags have slashes, and they are one segment
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "control plane", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/shop");
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.addServletContainerInitializer((classes, started) ->
                GatehouseFilter.register(started, "gateway", new GatehouseFilter(gatehouse), filterPattern));
        context.addServlet(new ServletHolder(new ControlPlaneServlet(gatehouse)), "/control/*");
        server.setHandler(context);
        server.start();
    }

    /** @param store null for a gateway without a control plane */
    static Gatehouse gatehouse(DefinitionStore store) {
        String generator = Path.of("target/openapi-generator").toAbsolutePath().toString();
        String configuration =
                "apis: []\n" + (store == null ? "" : "controlPlane: {sdkGenerator: '" + generator + "'}\n");
        var builder = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
        if (store != null) {
            builder.controlPlane(store, RunningControlPlane::admit);
        }
        return builder.build();
    }

    private static Caller admit(ControlRequest request, ResourceTags tags) {
        String authorization = String.valueOf(request.headers().first("Authorization"));
        if (!authorization.contains("Credential=AKIDEXAMPLE/") || !authorization.contains("/apigateway/aws4_request")) {
            throw ControlError.forbidden("UnrecognizedClientException", "The security token is invalid.");
        }
        return new Caller("AKIDEXAMPLE", "eu-west-1");
    }

    /** @param accessKeyId {@code AKIDEXAMPLE} is let in, and nobody else */
    ApiGatewayClientBuilder client(String accessKeyId) {
        return client(port(), accessKeyId);
    }

    /** For a control plane of this kind that runs elsewhere on this machine. */
    static ApiGatewayClientBuilder client(int port, String accessKeyId) {
        return ApiGatewayClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port + "/shop/control"))
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, SECRET_ACCESS_KEY)));
    }

    /** What clients take for their endpoint. */
    URI control() {
        return URI.create("http://127.0.0.1:" + port() + "/shop/control");
    }

    /** Below which APIs are called. */
    URI apis() {
        return URI.create("http://127.0.0.1:" + port() + "/shop/apis");
    }

    URI stage(String api, String stage, String path) {
        return URI.create(apis() + "/_aws/execute-api/" + api + "/" + stage + path);
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        gatehouse.close();
    }
}
