package dev.gatehouse.engine.limit;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

class JdbcJournalH2Test extends JdbcJournalContract {

    @TempDir
    private Path directory;

    private String url;

    @Override
    DataSource database() {
        url = "jdbc:h2:" + directory.resolve(UUID.randomUUID().toString());
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source;
    }

    @Override
    String url() {
        return url;
    }
}
