package dev.gatehouse.sample.jetty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Starts Jetty, deploys by dropping a WAR into its {@code webapps} directory, and learns what became of it from Jetty's log.
 */
public final class JettyHomeContainer implements DeployableContainer<JettyHomeConfiguration> {

    /** One per line: Jetty ignores properties that stand beside them, so those go to the command line. */
    private static final String MODULES = """
            --module=http
            --module=EE-deploy
            --module=EE-annotations
            --module=EE-cdi
            """.replace("EE", System.getProperty("it.jetty.ee"));

    private JettyHomeConfiguration configuration;
    private Process jetty;

    @Override
    public Class<JettyHomeConfiguration> getConfigurationClass() {
        return JettyHomeConfiguration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public void setup(JettyHomeConfiguration given) {
        configuration = given;
    }

    @Override
    public void start() throws LifecycleException {
        try {
            Files.createDirectories(webapps());
            Path modules = configuration.base().resolve("start.d").resolve("modules.ini");
            Files.createDirectories(modules.getParent());
            Files.writeString(modules, MODULES);
            Files.writeString(log(), "");
            jetty = new ProcessBuilder(command())
                    .directory(configuration.base().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(jetty::destroyForcibly));
            await("Started oejs\\.Server@", 0);
        } catch (IOException e) {
            throw new LifecycleException("Jetty does not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        jetty.destroy();
        try {
            if (!jetty.waitFor(20, TimeUnit.SECONDS)) {
                jetty.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LifecycleException("interrupted while Jetty stopped", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> war) throws DeploymentException {
        String name = name(war);
        try {
            int seen = Files.readString(log()).length();
            Path part = configuration.base().resolve(war.getName() + ".part");
            war.as(ZipExporter.class).exportTo(part.toFile(), true);
            Files.move(part, webapps().resolve(war.getName()), StandardCopyOption.ATOMIC_MOVE);
            await(application("Started", name), seen);
        } catch (IOException | LifecycleException e) {
            throw new DeploymentException("cannot deploy " + war.getName(), e);
        }
        HTTPContext context = new HTTPContext("127.0.0.1", configuration.httpPort());
        context.add(new Servlet("ArquillianServletRunnerEE9", "/" + name));
        context.add(new Servlet("default", "/" + name));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> war) throws DeploymentException {
        try {
            int seen = Files.readString(log()).length();
            Files.delete(webapps().resolve(war.getName()));
            await(application("Stopped", name(war)), seen);
        } catch (IOException | LifecycleException e) {
            throw new DeploymentException("cannot undeploy " + war.getName(), e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(configuration.javaVmArguments());
        command.addAll(List.of(
                "-jar",
                configuration.startJar().toString(),
                "jetty.base=" + configuration.base(),
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + configuration.httpPort(),
                "jetty.httpConfig.uriCompliance=DEFAULT,AMBIGUOUS_PATH_SEPARATOR",
                "jetty.deploy.scanInterval=1"));
        return command;
    }

    private Path webapps() {
        return configuration.base().resolve("webapps");
    }

    private Path log() {
        return configuration.base().resolve("jetty.log");
    }

    private static String name(Archive<?> war) {
        return war.getName().replaceAll("\\.war$", "");
    }

    /**
     * As in {@code oeje10s.ServletContextHandler:main: Started oeje10w.WebAppContext@2c1ddfe8{Harbour Books,/name,}. Of the
     * two lines that Jetty writes the one of the servlets' own handler counts: the other one comes before filters are started.
     */
    private static String application(String event, String name) {
        return "ServletContextHandler:\\S+: " + event + " \\S*WebAppContext@\\w+\\{[^{}]*,/" + Pattern.quote(name)
                + ",";
    }

    /** Waits for a line that Jetty writes after the first {@code seen} characters of its log. */
    private void await(String line, int seen) throws LifecycleException {
        Pattern wanted = Pattern.compile(line);
        long end = System.nanoTime() + configuration.timeout().toNanos();
        try {
            while (System.nanoTime() < end) {
                boolean alive = jetty.isAlive();
                String news = Files.readString(log()).substring(seen);
                if (news.contains("Failed startup") || !alive) {
                    throw new LifecycleException((alive ? "deployment failed, see " : "Jetty ended, see ") + log());
                }
                if (wanted.matcher(news).find()) {
                    return;
                }
                Thread.sleep(100);
            }
        } catch (IOException e) {
            throw new LifecycleException("cannot read " + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LifecycleException("interrupted", e);
        }
        throw new LifecycleException("not within " + configuration.timeout() + ": " + line + ", see " + log());
    }
}
