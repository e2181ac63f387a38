package dev.gatehouse.sample;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Where the start command says, in the system property {@code sample.url}, where it listens: prints what to try there. */
@WebListener
public class UrlsToTry implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String url = System.getProperty("sample.url");
        if (url != null) {
            event.getServletContext().log("""
                    Harbour Books opens behind Gatehouse. Try:

                      %1$s/shop              the shop as it was, in a browser
                      %1$s/v1/status         answered by the gateway alone
                      %1$s/test/v1/status    the other stage, with variables of its own
                      %1$s/nowhere           refused as Amazon refuses it

                      curl -i -d '{"book":"moby-dick","copies":2,"name":"Ishmael"}' -H 'Content-Type: application/json' \\
                           %1$s/v1/orders
                      curl -i -d '{"book":"moby-dick","copies":2}' %1$s/v1/shipping
                      curl -i %1$s/v1/ledger     for those with a key: docs/how-to/protect-with-iam.md

                    More in war-sample/README.md. Ctrl-C ends it.
                    """.formatted(url));
        }
    }
}
