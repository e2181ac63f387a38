package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcStoreH2Test extends JdbcStoreContract {

    private static final Key KEY = new Key("stage", "api", "prod");

    @TempDir
    Path directory;

    private EmbeddedDatabase file;

    @Override
    DataSource database() {
        file = EmbeddedDatabase.open(directory);
        return file.connections();
    }

    @AfterEach
    void closeTheFile() {
        file.close();
    }

    @Test
    void whatWasWrittenIsThereAfterTheStoreIsOpenedAgain() {
        Path data = directory.resolve("a/b");
        Entry written;
        long revision;
        try (JdbcStore store = JdbcStore.in(data)) {
            written = store.write(writing -> writing.put(KEY, "1", "hash"));
            revision = store.revision();
        }
        try (JdbcStore store = JdbcStore.in(data)) {
            Entry found = store.read(reading -> reading.find("stage", "hash")).orElseThrow();
            assertThat(found).isEqualTo(written);
            assertThat(store.revision()).isEqualTo(revision);
            assertThat(store.write(writing -> writing.put(new Key("k", "", "next"), "1"))
                            .sequence())
                    .isGreaterThan(written.sequence());
        }
    }

    /** Else the first page of a million keys reads them all. */
    @ParameterizedTest
    @ValueSource(strings = {JdbcReading.OLDEST_FIRST, JdbcReading.NEWEST_FIRST})
    void pagesGoAlongAnIndex(String query) throws Exception {
        DataSource database = database();
        JdbcStore.of(database);
        try (Connection connection = database.getConnection()) {
            assertThat(plan(connection, query, "kind", "parent", 5L, 10)).contains("index sorted");
        }
    }

    /**
     * Else each piece of a million keys reads all their memberships. An inner join does so once the table has grown, which a small one
     * does not show; of an outer one H2 keeps the order.
     */
    @Test
    void whatIsWantedTogetherIsLookedForInAnIndexOneByOne() throws Exception {
        DataSource database = database();
        JdbcStore.of(database);
        try (Connection connection = database.getConnection()) {
            Array names = connection.createArrayOf("varchar", new Object[] {"a", "b"});
            assertThat(plan(connection, JdbcReading.GET_ALL, names, "kind", "parent"))
                    .contains("LEFT OUTER JOIN")
                    .containsPattern("PRIMARY_KEY_\\w+: [^*]*AND ID = WANTED.NAME");
            assertThat(plan(connection, JdbcReading.LIST_ALL, names, "kind"))
                    .contains("LEFT OUTER JOIN")
                    .containsPattern("GATEHOUSE_ENTRY_\\w+: [^*]*AND PARENT = WANTED.NAME");
        }
    }

    private static String plan(Connection connection, String query, Object... values) throws Exception {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + query)) {
            JdbcReading.bind(explain, values);
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }

    @Test
    void onlyTheOwnerMayEnterTheDirectory() throws Exception {
        Path data = directory.resolve("data");
        try (JdbcStore store = JdbcStore.in(data)) {
            assertThat(store.revision()).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aDirectoryThatWouldChangeTheSettingsIsRefused() {
        assertThatThrownBy(() -> JdbcStore.in(directory.resolve("a;INIT=RUNSCRIPT FROM 'x'")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("semicolon");
    }
}
