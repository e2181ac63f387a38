package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.paths.PathOracle;
import dev.gatehouse.paths.PathOracle.Tally;
import dev.gatehouse.paths.PathWitness;
import jakarta.servlet.ServletContext;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is written as a target, gateway and application read the same path or the target is refused, in every container: what
 * that means to the letter says {@link PathOracle}. The targets are in {@code paths/targets.txt}; one more needs no Java.
 */
@Timeout(120)
final class PathOracleTest {

    private interface Container {
        EmbeddedServer start(String contextPath, Consumer<ServletContext> application) throws Exception;
    }

    static Stream<Arguments> containers() {
        return Stream.of(
                Arguments.of("Jetty", (Container) JettyServer::new, ""),
                Arguments.of("Jetty", (Container) JettyServer::new, "/shop"),
                Arguments.of("lenient Jetty", (Container) JettyServer::lenient, "/shop"),
                Arguments.of("Tomcat", (Container) TomcatServer::new, ""),
                Arguments.of("Tomcat", (Container) TomcatServer::new, "/shop"),
                Arguments.of("lenient Tomcat", (Container) TomcatServer::lenient, "/shop"),
                Arguments.of("Undertow", (Container) UndertowServer::new, ""),
                Arguments.of("Undertow", (Container) UndertowServer::new, "/shop"),
                Arguments.of("lenient Undertow", (Container) UndertowServer::lenient, "/shop"));
    }

    static Stream<Arguments> gateways() {
        return containers()
                .flatMap(container -> Stream.of("declared.yaml", "passing.yaml")
                        .map(configuration -> Arguments.of(
                                container.get()[0],
                                container.get()[1],
                                container.get()[2],
                                configuration)));
    }

    @ParameterizedTest(name = "{0} at \"{2}\", {3}")
    @MethodSource("gateways")
    void gatewayAndApplicationReadTheSamePathOrItIsRefused(
            String name, Container container, String contextPath, String configuration) throws Exception {
        DocumentSource documents = document -> PathOracle.class.getResourceAsStream("/paths/" + document);
        try (Gatehouse gateway =
                Gatehouse.builder().configuration(configuration, documents).build()) {
            Tally tally = ask(container, contextPath, context -> {
                context.setAttribute(Gatehouse.class.getName(), gateway);
                GatehouseFilter.register(context, "gatehouse", "/*");
                PathWitness.install(context);
            });
            System.out.println(name + " at \"" + contextPath + "\", " + configuration + ": " + tally);
            assertThat(tally.disagreements()).isEmpty();
            assertThat(tally.reached()).isEmpty();
            assertThat(tally.accepted()).isGreaterThan(50);
            assertThat(tally.targets()).isGreaterThan(500);
        }
    }

    /** Otherwise the targets would prove nothing. */
    @ParameterizedTest(name = "{0} at \"{2}\"")
    @MethodSource("containers")
    void withoutAGatewayManyOfTheTargetsReachWhatIsGuarded(String name, Container container, String contextPath)
            throws Exception {
        Tally tally = ask(container, contextPath, PathWitness::install);
        System.out.println(name + " at \"" + contextPath + "\", no gateway: " + tally);
        assertThat(tally.reached()).hasSizeGreaterThan(40);
    }

    private static Tally ask(Container container, String contextPath, Consumer<ServletContext> application)
            throws Exception {
        EmbeddedServer server = container.start(contextPath, application);
        try {
            return PathOracle.ask(server.port(), contextPath);
        } finally {
            server.close();
        }
    }
}
