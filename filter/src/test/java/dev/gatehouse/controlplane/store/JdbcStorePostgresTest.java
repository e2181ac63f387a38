package dev.gatehouse.controlplane.store;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcStorePostgresTest extends JdbcStoreContract {

    @RegisterExtension
    static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    DataSource database() throws Exception {
        return DATABASES.next();
    }
}
