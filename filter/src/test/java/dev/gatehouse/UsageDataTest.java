package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.engine.limit.JdbcJournal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a gateway keeps what keys have used. */
class UsageDataTest {

    private String configuration = "apis: []\n";

    private GatehouseBuilder builder() {
        return Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)))
                .controlPlane(new InMemoryStore(), (request, tags) -> new Caller("somebody", "us-east-1"));
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        configuration = "usageData: {dataSource: 'java:comp/env/jdbc/nothing'}\n";
        assertThatThrownBy(() -> builder().build())
                .hasMessageContaining("/usageData: nothing can be found under java:comp/env/jdbc/nothing");
    }

    @Test
    void aClusterAndADatabaseWouldCountTwice() {
        configuration = "cluster: {nodes: 2}\nusageData: {dataSource: 'java:comp/env/jdbc/nothing'}\n";
        assertThatThrownBy(() -> builder().build()).hasMessageContaining("with both it would count twice");
    }

    @Test
    void theDatabaseCannotChangeWhileTheGatewayRuns(@TempDir Path directory) {
        configuration = "usageData: {directory: '" + directory + "'}\n";
        try (Gatehouse gateway = builder().build()) {
            configuration = "usageData: {dataSource: 'java:comp/env/jdbc/other'}\n";
            assertThat(gateway.redeploy().toString()).contains("usage cannot move while the gateway runs");
        }
    }

    @Test
    void anApplicationMayGiveAJournalOfItsDatabase(@TempDir Path directory) throws IOException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + directory.resolve("usage"));
        try (Gatehouse gateway =
                builder().usageJournal(JdbcJournal.of(database)).build()) {
            assertThat(gateway.limits()).isNotNull();
        }
    }
}
