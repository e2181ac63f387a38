package dev.gatehouse.sample;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The API has the guarded part of the application, and the gateway passes on what it does not know. */
class PassingPathOracleIT extends PathOracleContract {

    @Deployment(testable = false)
    static WebArchive war() {
        return war("passing");
    }
}
