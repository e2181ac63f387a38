package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a VPC link integrations get where the configuration of the link leads, and nowhere else. */
class VpcLinkTest {

    private static final String LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/1/2";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer backend;
    private int port;

    @BeforeEach
    void start() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        backend.start();
        port = backend.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
    }

    @Test
    void theAddressOfTheLinkIsCalledUnderTheHostOfTheUri() throws Exception {
        try (Gatehouse gateway =
                gateway("{id: orders, address: '127.0.0.1:%d'}".formatted(port), "http://shop.invalid/a", "")) {
            assertThat(status(gateway)).isEqualTo(204);
        }
        assertThat(seen).containsExactly("shop.invalid /a");
    }

    @Test
    void theListenerOfTheIntegrationIsCalledWhereItNamesOne() throws Exception {
        String link = "{id: orders, address: '127.0.0.1:9', listeners: [{listenerArn: '%s', address: '127.0.0.1:%d'}]}"
                .formatted(LISTENER, port);
        try (Gatehouse gateway = gateway(link, "http://shop.invalid/b", ", integrationTarget: '" + LISTENER + "'")) {
            assertThat(status(gateway)).isEqualTo(204);
        }
        assertThat(seen).containsExactly("shop.invalid /b");
    }

    @Test
    void theHostOfTheUriIsCalledWhereTheLinkAllowsIt() throws Exception {
        String uri = "http://localhost:" + port + "/c";
        try (Gatehouse allowed = gateway("{id: orders, allow: [localhost]}", uri, "");
                Gatehouse other = gateway("{id: orders, allow: [10.0.0.0/8]}", uri, "")) {
            assertThat(status(allowed)).isEqualTo(204);
            assertThat(status(other)).isEqualTo(500);
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void whatTheGatewayMayCallOtherwiseIsOfNoUseToALink() throws Exception {
        String uri = "http://127.0.0.1:" + port + "/d";
        try (Gatehouse gateway =
                gateway("{id: orders, allow: [10.0.0.0/8]}\nendpoints: {allow: [127.0.0.1]}", uri, "")) {
            assertThat(status(gateway)).isEqualTo(500);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aLinkThatIsGoneAfterAReadingAnewLeavesWhatWasServed() throws Exception {
        Map<String, String> files =
                files("{id: orders, address: '127.0.0.1:%d'}".formatted(port), "http://shop.invalid/e", "");
        try (Gatehouse gateway = gateway(files)) {
            files.put("gatehouse.yaml", files.get("gatehouse.yaml").replace("id: orders", "id: others"));

            assertThat(gateway.redeploy())
                    .extracting(Problem::message)
                    .containsExactly("there is no VPC link orders: give it an entry below vpcLinks in gatehouse.yaml");
            assertThat(status(gateway)).isEqualTo(204);
        }
    }

    @Test
    void aLinkMayLeadElsewhereAfterAReadingAnew() throws Exception {
        Map<String, String> files = files("{id: orders, address: '127.0.0.1:9'}", "http://shop.invalid/f", "");
        try (Gatehouse gateway = gateway(files)) {
            assertThat(status(gateway)).isEqualTo(504);
            files.put("gatehouse.yaml", files.get("gatehouse.yaml").replace("127.0.0.1:9", "127.0.0.1:" + port));

            assertThat(gateway.redeploy()).isEmpty();
            assertThat(status(gateway)).isEqualTo(204);
        }
    }

    @Test
    void certificatesThatAreNoneDoNotDeploy() {
        InvalidConfigurationException refused = catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> gateway(
                                "{id: orders, allow: [localhost], trustedCertificates: {property: java.version}}",
                                "http://localhost/",
                                "")
                        .close());

        assertThat(refused.problems())
                .extracting(Problem::toString)
                .containsExactly("vpcLinks#/orders: trustedCertificates holds no certificates in PEM:"
                        + " -----BEGIN CERTIFICATE----- and what follows");
    }

    private static Gatehouse gateway(String link, String uri, String more) {
        return gateway(files(link, uri, more));
    }

    private static Map<String, String> files(String link, String uri, String more) {
        String configuration = """
                apis:
                  - {restApiId: api, body: api.yaml, stages: [{stageName: prod, servedAt: /}]}
                vpcLinks:
                  - %s
                """.formatted(link);
        String document = """
                openapi: 3.0.1
                info: {title: linked, version: "1"}
                paths:
                  /:
                    get:
                      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "%s", connectionType: VPC_LINK, connectionId: orders%s}
                """.formatted(uri, more);
        return new HashMap<>(Map.of("gatehouse.yaml", configuration, "api.yaml", document));
    }

    private static Gatehouse gateway(Map<String, String> files) {
        return Gatehouse.builder()
                .configuration("gatehouse.yaml", name -> open(files.get(name)))
                .build();
    }

    private static InputStream open(String text) {
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int status(Gatehouse gateway) throws Exception {
        GatewayResponse response = gateway.serve(new GatewayRequest(
                        "GET",
                        "localhost",
                        "/",
                        null,
                        Headers.EMPTY,
                        new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                        Payload.NONE,
                        Downstream.NONE))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return response.status();
    }
}
