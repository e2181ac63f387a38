package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Headers;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An application whose servlets have no asynchronous support, as most have not. */
class PlainServletTest {

    /** Late enough for the container's thread to have nothing left to do. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    @SuppressWarnings("serial")
    private static final class Plain extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setStatus(404);
            response.getWriter().print("nothing here");
        }
    }

    /** Tomcat and Undertow count a forward to such a servlet as the end of asynchronous support, for the filter too. */
    @TestFactory
    Stream<DynamicTest> gatewayMayThinkOnAfterTheApplicationAnswered() {
        return Stream.of(
                DynamicTest.dynamicTest("Jetty", () -> thinkOn(JettyServer::new)),
                DynamicTest.dynamicTest("Tomcat", () -> thinkOn(TomcatServer::new)),
                DynamicTest.dynamicTest("Undertow", () -> thinkOn(UndertowServer::new)));
    }

    private static void thinkOn(EmbeddedServer.Kind container) throws Exception {
        ScriptedGateway gateway = new ScriptedGateway();
        gateway.behaviour =
                request -> ScriptedGateway.exchange(request, ScriptedGateway.call("GET", "/plain", Headers.EMPTY, ""))
                        .thenApplyAsync(answer -> answer, LATER);
        EmbeddedServer server = container.start(context -> install(gateway, context));
        try (RawClient client = new RawClient(server.port())) {
            RawClient.Answer answer = client.get(EmbeddedServer.CONTEXT_PATH + "/outside");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("nothing here");
        } finally {
            server.close();
        }
    }

    private static void install(ScriptedGateway gateway, ServletContext context) {
        GatehouseFilter.register(context, "gatehouse", new GatehouseFilter(gateway, 30_000), "/*");
        context.addServlet("plain", new Plain()).addMapping("/plain", "/");
    }
}
