package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
