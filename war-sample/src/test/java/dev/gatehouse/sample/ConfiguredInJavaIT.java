package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A bean configures the gateway, and only the document of the API lies in WEB-INF. */
@ArquillianTest
class ConfiguredInJavaIT {

    @ArquillianResource
    URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        WebArchive war = HarbourBooksWar.named("in-java");
        war.delete("WEB-INF/gatehouse.yaml");
        return war.addClass(ConfiguredInJava.class);
    }

    @Test
    void documentIsFoundBesideIt() throws Exception {
        assertThat(Client.of(base).get("v1/status").body())
                .isEqualTo("{\"api\": \"harbour\", \"stage\": \"java\", \"town\": \"Java\"}");
    }
}
