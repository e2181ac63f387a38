package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.StageListing;
import jakarta.inject.Inject;
import java.util.List;
import org.example.harbourbooks.Catalogue;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Runs inside the container, among the beans of the application. */
@ArquillianTest
class InjectionIT {

    @Inject
    Gatehouse gateway;

    @Inject
    Catalogue catalogue;

    /** Arquillian's own servlet must be reachable, so here what the API does not know passes. */
    @Deployment
    static WebArchive war() {
        WebArchive war = HarbourBooksWar.named("injection");
        String configuration =
                HarbourBooksWar.text(war, "WEB-INF/gatehouse.yaml").replace("unmatched: refuse", "unmatched: pass");
        war.delete("WEB-INF/gatehouse.yaml");
        return war.addAsWebInfResource(new StringAsset(configuration), "gatehouse.yaml");
    }

    @Test
    void gatewayIsABean() {
        assertNotNull(gateway);
        List<String> stages =
                gateway.stages().stream().map(StageListing::stageName).sorted().toList();
        assertEquals(List.of("prod", "test"), stages);
    }

    @Test
    void gatewayAndApplicationShareTheContainer() {
        assertEquals("Moby-Dick", catalogue.find("moby-dick").orElseThrow().title());
    }
}
