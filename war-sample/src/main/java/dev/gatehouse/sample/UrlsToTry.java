package dev.gatehouse.sample;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;

/**
 * Where the start command says, in the system property {@code sample.url}, where it listens: prints what to try there, once the
 * gateway serves.
 */
@ApplicationScoped
public class UrlsToTry implements GatehouseCustomizer {

    @Inject
    ServletContext context;

    @Override
    public void customize(GatehouseBuilder builder) {
        // gatehouse.yaml says it all
    }

    @Override
    public void started(Gatehouse gateway) {
        String url = System.getProperty("sample.url");
        if (url != null) {
            context.log("""
                    Harbour Books opens behind Gatehouse. Try:

                      %1$s/shop              the shop as it was, in a browser
                      %1$s/v1/status         answered by the gateway alone
                      %1$s/test/v1/status    the other stage, with variables of its own
                      %1$s/nowhere           refused as Amazon refuses it

                      curl -i -d '{"book":"moby-dick","copies":2,"name":"Ishmael"}' -H 'Content-Type: application/json' \\
                           %1$s/v1/orders
                      curl -i -d '{"book":"moby-dick","copies":2}' %1$s/v1/shipping

                    More in war-sample/README.md. Ctrl-C ends it.
                    """.formatted(url));
        }
    }
}
