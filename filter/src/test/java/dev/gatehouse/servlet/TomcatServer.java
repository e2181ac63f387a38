package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

final class TomcatServer implements EmbeddedServer {

    private final Tomcat tomcat = new Tomcat();

    TomcatServer(Consumer<ServletContext> application) throws Exception {
        Path base = Files.createDirectories(Path.of("target", "tomcat").toAbsolutePath());
        tomcat.setBaseDir(base.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        tomcat.setConnector(connector);
        Context context = tomcat.addContext(CONTEXT_PATH, null);
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
