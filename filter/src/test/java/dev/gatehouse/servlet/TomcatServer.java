package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

final class TomcatServer implements EmbeddedServer {

    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Consumer<ServletContext> application) throws Exception {
        this(application, false);
    }

    /** @param eleven whether a response is suspended after a forward, wrapped or not: the default since Tomcat 11 */
    TomcatServer(Consumer<ServletContext> application, boolean eleven) throws Exception {
        this(CONTEXT_PATH, application, eleven, connector -> {});
    }

    /** @param contextPath empty for the root */
    TomcatServer(String contextPath, Consumer<ServletContext> application) throws Exception {
        this(contextPath, application, false, connector -> {});
    }

    /** One that lets through whatever it can be told to. */
    static EmbeddedServer lenient(String contextPath, Consumer<ServletContext> application) throws Exception {
        return new TomcatServer(contextPath, application, false, connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
            connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
            connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
            connector.setProperty("rejectIllegalHeader", "false");
        });
    }

    static EmbeddedServer withHttpTwo(Consumer<ServletContext> application) throws Exception {
        return new TomcatServer(
                CONTEXT_PATH, application, false, connector -> connector.addUpgradeProtocol(new Http2Protocol()));
    }

    private TomcatServer(
            String contextPath, Consumer<ServletContext> application, boolean eleven, Consumer<Connector> settings)
            throws Exception {
        Path base = Files.createDirectories(Path.of("target", "tomcat").toAbsolutePath());
        tomcat.setBaseDir(base.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        settings.accept(connector);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext(contextPath, null);
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
