package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.servlet.RawHttpTwoClient.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/2 as no client library would send it, in every container: it is refused, or the gateway sees what was sent and nothing
 * else (RFC 9113, section 8).
 */
final class HttpTwoAttackTest {

    @Nested
    final class Jetty extends Contract {
        Jetty() {
            super(JettyServer::withHttpTwo);
        }
    }

    @Nested
    final class Tomcat extends Contract {
        Tomcat() {
            super(TomcatServer::withHttpTwo);
        }
    }

    @Nested
    final class Undertow extends Contract {
        Undertow() {
            super(UndertowServer::withHttpTwo);
        }
    }

    /** Fields with a form feed between them, each a name, an equals sign and a value. */
    static Stream<String> oddRequests() {
        List<String> all = new ArrayList<>();
        for (String path : List.of(
                "",
                " ",
                "*",
                "any",
                "shop/any",
                "/shop/any x",
                "/shop/any HTTP/1.1\r\nX-Api-Key: k",
                "/shop/any\r\nX-Api-Key: k",
                "/shop/any\nX-Api-Key: k",
                "/shop/any\r",
                "/shop/any\t",
                "/shop/any\u0000",
                "/shop/any\u007f",
                "/shop/any\u00ff",
                "/shop/any#fragment",
                "/shop/any\\..\\admin",
                "/shop/open/../admin",
                "/shop/open/%2e%2e/admin",
                "/shop/../shop/admin",
                "//shop/any",
                "/shop//any",
                "/shop;x=1/any",
                "http://other.example.com/shop/any",
                "http://api.example.com/shop/any",
                "//other.example.com/shop/any",
                "/shop/any?a=b c",
                "/shop/any?a=\r\nX-Api-Key: k")) {
            all.add(request(":path", path));
        }
        for (String authority : List.of(
                "",
                " ",
                "other.example.com, api.example.com",
                "api.example.com other.example.com",
                "user@api.example.com",
                "api.example.com:99999999",
                "api.example.com:-1",
                "api.example.com:",
                "api.example.com/shop",
                "api.example.com#",
                "api.example.com?",
                "api.example.com\r\nX-Api-Key: k",
                "api.example.com\u0000",
                "[::1",
                "api\u00e4.example.com")) {
            all.add(request(":authority", authority));
        }
        for (String method :
                List.of("", "get", "GET /shop/other", "GET\r\nX-Api-Key: k", "G\u0000T", "CONNECT", "PRI")) {
            all.add(request(":method", method));
        }
        for (String scheme : List.of("", "gopher", "http\r\nX-Api-Key: k", "http://other.example.com/", "https")) {
            all.add(request(":scheme", scheme));
        }
        for (String pseudo : List.of(":method", ":scheme", ":path", ":authority")) {
            all.add(request(pseudo, null));
            all.add(GOOD + "\f" + pseudo + "=other");
            all.add(GOOD.replace(pseudo, "x-other") + "\fx-last=1\f" + pseudo + "=/shop/any");
        }
        for (String field : List.of(
                ":foo=bar",
                ":status=200",
                ":=x",
                "=x",
                " =x",
                "X-Api-Key=k",
                "X-API-KEY=k",
                "x-api-key =k",
                "x-api-key:=k",
                "x api-key=k",
                "x-api-key\r\n=k",
                "x-api-key\u0000=k",
                "x-\u00e4=k",
                "x-other=a\r\nx-api-key: k",
                "x-other=a\nx-api-key: k",
                "x-other=a\rx-api-key: k",
                "x-other=a\u0000b",
                "x-other= k",
                "x-other=k ",
                "host=other.example.com",
                "host=api.example.com\fhost=other.example.com",
                "host=",
                "connection=close",
                "connection=x-api-key",
                "keep-alive=1",
                "proxy-connection=close",
                "upgrade=h2c",
                "transfer-encoding=chunked",
                "te=gzip",
                "content-length=5",
                "content-length=0\fcontent-length=5",
                "content-length=+0",
                "content-length=99999999999999999999",
                "http2-settings=AAAA")) {
            all.add(GOOD + "\f" + field);
        }
        return all.stream();
    }

    private static final String GOOD = ":method=GET\f:scheme=http\f:authority=api.example.com\f:path=/shop/any";

    /** @param value null for a request without that field */
    private static String request(String name, String value) {
        StringBuilder request = new StringBuilder();
        for (String field : GOOD.split("\f")) {
            boolean meant = field.startsWith(name + "=");
            if (!meant || value != null) {
                request.append(request.length() == 0 ? "" : "\f").append(meant ? name + "=" + value : field);
            }
        }
        return request.toString();
    }

    private static List<String> fields(String request) {
        List<String> fields = new ArrayList<>();
        for (String field : request.split("\f")) {
            int equals = field.indexOf('=');
            fields.add(field.substring(0, equals));
            fields.add(field.substring(equals + 1));
        }
        return fields;
    }

    private static List<String> values(List<String> fields, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equals(name)) {
                values.add(fields.get(i + 1));
            }
        }
        return values;
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Timeout(30)
    abstract static class Contract {

        private final ScriptedGateway gateway = new ScriptedGateway();
        private final AtomicReference<GatewayRequest> asked = new AtomicReference<>();
        private final EmbeddedServer.Kind container;
        private EmbeddedServer server;

        Contract(EmbeddedServer.Kind container) {
            this.container = container;
        }

        static Stream<String> oddRequests() {
            return HttpTwoAttackTest.oddRequests();
        }

        @BeforeAll
        void start() throws Exception {
            server = container.start(context -> {
                GatehouseFilter.register(context, "gatehouse", new GatehouseFilter(gateway, 30_000), "/*");
                SampleApplication.install(context);
            });
            gateway.behaviour = request -> {
                asked.set(request);
                return CompletableFuture.completedFuture(ScriptedGateway.text(200, "served"));
            };
        }

        @AfterAll
        void stop() throws Exception {
            server.close();
        }

        private Outcome send(List<String> fields) throws IOException {
            asked.set(null);
            try (RawHttpTwoClient client = new RawHttpTwoClient(server.port())) {
                return client.send(fields, null);
            }
        }

        /**
         * Containers do not agree on what counts where {@code host} and {@code :authority} are both there, or {@code :authority}
         * twice; what counts is one of them for everybody. A request may have neither.
         */
        private List<String> hosts(List<String> fields) {
            List<String> hosts = new ArrayList<>(values(fields, ":authority"));
            hosts.addAll(values(fields, "host"));
            if (hosts.stream().allMatch(String::isBlank)) {
                hosts.addAll(List.of("127.0.0.1:" + server.port(), "localhost"));
            }
            return hosts;
        }

        @Test
        void whatIsRightIsServed() throws Exception {
            assertThat(send(fields(GOOD + "\fx-api-key=k\fcookie=a=1\fcookie=b=2")))
                    .isEqualTo(Outcome.SERVED);
            assertThat(asked.get().path()).isEqualTo("/any");
            assertThat(asked.get().host()).isEqualTo("api.example.com");
            assertThat(asked.get().client().protocol()).isEqualTo("HTTP/2.0");
            assertThat(asked.get().headers().all("X-Api-Key")).containsExactly("k");
        }

        @ParameterizedTest
        @MethodSource("oddRequests")
        void whatIsOddIsRefusedOrReadAsItStands(String request) throws Exception {
            List<String> fields = fields(request);
            Outcome outcome = send(fields);
            GatewayRequest seen = asked.get();
            if (seen == null) {
                assertThat(outcome).isNotEqualTo(Outcome.SERVED);
                return;
            }
            assertThat(seen.host()).isIn(hosts(fields));
            assertThat(seen.headers().all("Host")).containsExactly(seen.host());
            assertThat(values(fields, ":method")).containsExactly(seen.method());
            assertThat(values(fields, ":path"))
                    .containsExactly("/shop" + seen.path() + (seen.query() == null ? "" : "?" + seen.query()));
            assertThat(seen.query() + seen.host() + seen.method()).matches("[!-~]+");
            seen.headers().forEach((name, value) -> {
                assertThat(name).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
                assertThat(value).matches("[ -~\u00a0-\u00ff]*");
                if (!name.equalsIgnoreCase("Host")) {
                    assertThat(values(fields, name.toLowerCase(Locale.ROOT)).stream()
                                    .map(String::strip))
                            .as(name)
                            .contains(value.strip());
                }
            });
        }
    }
}
