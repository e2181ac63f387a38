package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

final class JettyServer implements EmbeddedServer {

    private final Server server;

    JettyServer(Consumer<ServletContext> application) throws Exception {
        this(CONTEXT_PATH, application);
    }

    /** @param contextPath empty for the root */
    JettyServer(String contextPath, Consumer<ServletContext> application) throws Exception {
        this(contextPath, application, UriCompliance.DEFAULT, false);
    }

    /** One that speaks HTTP/2 without TLS, too. */
    static EmbeddedServer withHttpTwo(Consumer<ServletContext> application) throws Exception {
        return new JettyServer(CONTEXT_PATH, application, UriCompliance.DEFAULT, true);
    }

    /** One that lets through whatever it can be told to. */
    static EmbeddedServer lenient(String contextPath, Consumer<ServletContext> application) throws Exception {
        return new JettyServer(contextPath, application, UriCompliance.UNSAFE, false);
    }

    private JettyServer(
            String contextPath, Consumer<ServletContext> application, UriCompliance compliance, boolean httpTwo)
            throws Exception {
        server = new Server(new QueuedThreadPool(THREADS));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setUriCompliance(compliance);
        if (httpTwo) {
            connector.addConnectionFactory(new HTTP2CServerConnectionFactory(
                    connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration()));
        }
        server.addConnector(connector);
        ServletContextHandler context =
                new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath, ServletContextHandler.SESSIONS);
        context.getServletHandler().setDecodeAmbiguousURIs(compliance != UriCompliance.DEFAULT);
        context.addServletContainerInitializer((classes, started) -> application.accept(started));
        server.setHandler(context);
        server.start();
    }

    @Override
    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
