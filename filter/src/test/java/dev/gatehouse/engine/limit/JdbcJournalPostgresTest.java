package dev.gatehouse.engine.limit;

import dev.gatehouse.controlplane.store.PostgresDatabases;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcJournalPostgresTest extends JdbcJournalContract {

    @RegisterExtension
    static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    DataSource database() throws Exception {
        return DATABASES.next();
    }

    @Override
    String url() {
        return DATABASES.url();
    }
}
