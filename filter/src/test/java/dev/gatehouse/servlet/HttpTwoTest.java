package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 has no {@code Host} line, and frames a body without any. */
@Timeout(30)
final class HttpTwoTest {

    @Test
    void hostOfAnHttp2RequestIsItsAuthority() throws Exception {
        ScriptedGateway gateway = new ScriptedGateway();
        List<String> seen = new CopyOnWriteArrayList<>();
        gateway.behaviour = request -> {
            seen.add(request.client().protocol() + " " + request.host());
            return request.payload().read(1000).thenApply(bytes -> ScriptedGateway.text(200, bytes.length + " bytes"));
        };
        EmbeddedServer server = TomcatServer.withHttpTwo(context -> {
            GatehouseFilter.register(context, "gatehouse", new GatehouseFilter(gateway, 30_000), "/*");
            SampleApplication.install(context);
        });
        try {
            String authority = "127.0.0.1:" + server.port();
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/shop/any"))
                    .build();
            // the first goes up from HTTP/1.1, the next are HTTP/2 from the beginning
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("0 bytes");
            }
            assertThat(seen).contains("HTTP/2.0 " + authority).allMatch(line -> line.endsWith(" " + authority));
        } finally {
            server.close();
        }
    }
}
