package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

final class TomcatServer implements EmbeddedServer {

    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Consumer<ServletContext> application) throws Exception {
        this(application, false);
    }

    /** @param eleven whether a response is suspended after a forward, wrapped or not: the default since Tomcat 11 */
    TomcatServer(Consumer<ServletContext> application, boolean eleven) throws Exception {
        this(application, eleven, false);
    }

    static EmbeddedServer withHttpTwo(Consumer<ServletContext> application) throws Exception {
        return new TomcatServer(application, false, true);
    }

    private TomcatServer(Consumer<ServletContext> application, boolean eleven, boolean httpTwo) throws Exception {
        Path base = Files.createDirectories(Path.of("target", "tomcat").toAbsolutePath());
        tomcat.setBaseDir(base.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        if (httpTwo) {
            connector.addUpgradeProtocol(new Http2Protocol());
        }
        tomcat.setConnector(connector);
        Context context = tomcat.addContext(CONTEXT_PATH, null);
        context.setSuspendWrappedResponseAfterForward(eleven);
        context.addServletContainerInitializer((classes, started) -> application.accept(started), null);
        tomcat.start();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
