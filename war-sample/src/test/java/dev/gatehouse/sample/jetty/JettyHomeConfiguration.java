package dev.gatehouse.sample.jetty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** The properties of {@code <container qualifier="jetty">}; Arquillian fills them by setter. */
public final class JettyHomeConfiguration implements ContainerConfiguration {

    private String jettyHome;
    private String jettyBase;
    private int httpPort;
    private String javaVmArguments = "";
    private int timeoutInSeconds = 60;

    public void setJettyHome(String directory) {
        jettyHome = directory;
    }

    public void setJettyBase(String directory) {
        jettyBase = directory;
    }

    public void setHttpPort(int port) {
        httpPort = port;
    }

    public void setJavaVmArguments(String arguments) {
        javaVmArguments = arguments;
    }

    public void setTimeoutInSeconds(int seconds) {
        timeoutInSeconds = seconds;
    }

    Path startJar() {
        return Path.of(jettyHome).toAbsolutePath().resolve("start.jar");
    }

    Path base() {
        return Path.of(jettyBase).toAbsolutePath();
    }

    int httpPort() {
        return httpPort;
    }

    List<String> javaVmArguments() {
        return javaVmArguments.isBlank()
                ? List.of()
                : List.of(javaVmArguments.strip().split("\\s+"));
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutInSeconds);
    }

    @Override
    public void validate() throws ConfigurationException {
        if (jettyHome == null || jettyBase == null || httpPort < 1) {
            throw new ConfigurationException("jettyHome, jettyBase and httpPort are required");
        }
        if (!Files.isRegularFile(startJar())) {
            throw new ConfigurationException("not an unpacked jetty-home: " + jettyHome);
        }
    }
}
