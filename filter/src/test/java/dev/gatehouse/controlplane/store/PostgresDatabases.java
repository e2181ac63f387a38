package dev.gatehouse.controlplane.store;

import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, which are skipped where PostgreSQL is not installed, and a database of its own for each. */
public final class PostgresDatabases implements BeforeAllCallback, AfterAllCallback {

    private PostgresServer server;
    private int databases;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Assumptions.assumeTrue(
                PostgresServer.installed(),
                "PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/initdb (package postgresql)");
        server = PostgresServer.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }

    /** @return a database that nobody has used yet */
    public DataSource next() throws Exception {
        return server.emptySchema("test" + ++databases);
    }

    /** Where the latest of them is, with everything that it takes to connect. */
    public String url() {
        return server.url("test" + databases);
    }
}
