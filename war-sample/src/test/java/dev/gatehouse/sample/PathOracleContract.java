package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.paths.PathOracle;
import dev.gatehouse.paths.PathWitness;
import java.net.URL;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written as a target, gateway and application read the same path or the target is refused, in the server as it is
 * downloaded: what that means to the letter says {@link PathOracle}.
 */
@ArquillianTest
abstract class PathOracleContract {

    @ArquillianResource
    URL base;

    /** The sample's WAR with another application behind the filter. */
    static WebArchive war(String configuration) {
        WebArchive war = HarbourBooksWar.named("shop");
        war.delete("/index.html");
        war.delete("/WEB-INF/web.xml");
        war.delete("/WEB-INF/gatehouse.yaml");
        war.delete("/WEB-INF/classes/org");
        war.delete("/WEB-INF/classes/dev");
        war.delete("/WEB-INF/classes/META-INF");
        return war.addClass(PathWitness.class)
                .addAsWebInfResource(new StringAsset(descriptor()), "web.xml")
                .addAsWebInfResource(new ClassLoaderAsset("paths/" + configuration + ".yaml"), "gatehouse.yaml")
                .addAsWebInfResource(
                        new ClassLoaderAsset("paths/" + configuration + ".openapi.yaml"),
                        configuration + ".openapi.yaml");
    }

    private static String descriptor() {
        StringBuilder servlets = new StringBuilder();
        PathWitness.MAPPINGS.forEach((name, patterns) -> {
            servlets.append("<servlet><servlet-name>%s</servlet-name><servlet-class>%s</servlet-class>"
                    .formatted(name, PathWitness.class.getName()));
            servlets.append("<async-supported>true</async-supported></servlet>\n");
            patterns.forEach(pattern -> servlets.append(
                    "<servlet-mapping><servlet-name>%s</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>\n"
                            .formatted(name, pattern)));
        });
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                <filter>
                  <filter-name>gatehouse</filter-name>
                  <filter-class>dev.gatehouse.servlet.GatehouseFilter</filter-class>
                  <async-supported>true</async-supported>
                </filter>
                <filter-mapping>
                  <filter-name>gatehouse</filter-name>
                  <url-pattern>/*</url-pattern>
                  <dispatcher>REQUEST</dispatcher>
                  <dispatcher>ASYNC</dispatcher>
                </filter-mapping>
                %s
                </web-app>
                """.formatted(servlets);
    }

    @Test
    void gatewayAndApplicationReadTheSamePathOrItIsRefused() throws Exception {
        PathOracle.Tally tally = PathOracle.ask(base.getPort(), "/shop");
        System.out.println(
                System.getProperty("arquillian.launch") + ", " + getClass().getSimpleName() + ": " + tally);
        assertThat(tally.disagreements()).isEmpty();
        assertThat(tally.reached()).isEmpty();
        assertThat(tally.accepted()).isGreaterThan(50);
        assertThat(tally.targets()).isGreaterThan(500);
    }
}
