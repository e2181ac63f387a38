package dev.gatehouse.sample;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The whole application belongs to the API, and a resource policy stands before a part of it. */
class PathOracleIT extends PathOracleContract {

    @Deployment(testable = false)
    static WebArchive war() {
        return war("declared");
    }
}
