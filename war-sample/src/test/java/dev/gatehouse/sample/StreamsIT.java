package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Beans that answer bit by bit. */
@ArquillianTest
@Timeout(60)
class StreamsIT {

    @ArquillianResource
    URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        WebArchive war = HarbourBooksWar.named("streams");
        String document = HarbourBooksWar.text(war, "WEB-INF/harbour.openapi.yaml");
        int from = document.indexOf("  /v1/ticker:");
        String ticker = document.substring(from, document.indexOf("  # ----", from));
        String torn = ticker.replace("/v1/ticker", "/v1/torn").replace("price-ticker", "torn-page");
        war.delete("WEB-INF/harbour.openapi.yaml");
        return war.addAsWebInfResource(new StringAsset(document.replace(ticker, ticker + torn)), "harbour.openapi.yaml")
                .addClass(TornPage.class);
    }

    @Test
    void tickerStreamsOneEventPerBook() throws Exception {
        HttpResponse<String> events = Client.of(base).get("v1/ticker");

        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(events.headers().firstValue("Content-Length")).isEmpty();
        assertThat(events.headers().allValues("Set-Cookie")).contains("seen=1");
        assertThat(events.body()).startsWith("data: ").contains("data: Moby-Dick ");
        assertThat(events.body().split("\n\n")).hasSize(4);
    }

    @Test
    void whatBreaksOffDoesNotLookWhole() {
        assertThatIOException().isThrownBy(() -> Client.of(base).get("v1/torn"));
    }
}
