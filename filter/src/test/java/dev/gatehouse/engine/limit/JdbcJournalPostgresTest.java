package dev.gatehouse.engine.limit;

import dev.gatehouse.controlplane.store.PostgresServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

class JdbcJournalPostgresTest extends JdbcJournalContract {

    private static PostgresServer server;
    private static int tests;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                PostgresServer.installed(),
                "PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/initdb (package postgresql)");
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    DataSource database() throws Exception {
        return server.emptySchema("usage" + ++tests);
    }
}
