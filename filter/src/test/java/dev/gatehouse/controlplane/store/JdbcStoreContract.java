package dev.gatehouse.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store in a database keeps to beyond the contract of every store. */
abstract class JdbcStoreContract extends DefinitionStoreContract {

    private static final Key KEY = new Key("us-east-1/stage", "api", "prod");

    private CountingSource database;
    private JdbcStore store;

    /** @return an empty database, the same within one test */
    abstract DataSource database() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = new CountingSource(database());
        store = JdbcStore.of(database);
    }

    @AfterEach
    void noConnectionStaysOpen() {
        store.close();
        assertThat(database.open()).isZero();
    }

    @Override
    protected DefinitionStore store() {
        return store;
    }

    @Test
    void anotherStoreOnTheDatabaseSeesWhatWasWritten() {
        JdbcStore other = JdbcStore.of(database);
        long before = other.revision();
        store.write(writing -> writing.put(KEY, "1"));

        assertThat(other.revision()).isGreaterThan(before);
        assertThat(get(other, KEY)).isPresent();
    }

    @Test
    void twoStoresOnTheDatabaseLoseNoWrite() throws Exception {
        JdbcStore other = JdbcStore.of(database);
        store.write(writing -> writing.put(KEY, "0"));
        int each = 40;

        together(() -> increment(store, each), () -> increment(other, each), () -> increment(store, each));

        assertThat(get(store, KEY).orElseThrow().json()).isEqualTo(String.valueOf(3 * each));
        assertThat(store.revision()).isEqualTo(3 * each + 1);
    }

    @Test
    void aReaderSeesOneMomentWhileOthersWrite() throws Exception {
        JdbcStore other = JdbcStore.of(database);
        store.write(writing -> writing.put(KEY, "before"));

        List<String> seen = new ArrayList<>();
        store.read(reading -> {
            seen.add(reading.get(KEY).orElseThrow().json());
            inAnotherThread(() -> other.write(writing -> {
                writing.put(KEY, "after");
                return writing.put(new Key("k", "", "new"), "1");
            }));
            seen.add(reading.get(KEY).orElseThrow().json());
            assertThat(reading.list("k", "")).isEmpty();
            return null;
        });

        assertThat(seen).containsExactly("before", "before");
        assertThat(get(store, KEY).orElseThrow().json()).isEqualTo("after");
    }

    @Test
    void longTextsCanBeReadWhileTheyAreReplaced() throws Exception {
        store.write(writing -> writing.put(KEY, "0".repeat(50_000)));
        AtomicBoolean done = new AtomicBoolean();

        together(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        String text = String.valueOf(i % 10).repeat(50_000);
                        store.write(writing -> writing.put(KEY, text));
                    }
                    done.set(true);
                    return null;
                },
                () -> {
                    while (!done.get()) {
                        String text = get(store, KEY).orElseThrow().json();
                        assertThat(text.chars().distinct().count()).isEqualTo(1);
                        assertThat(text).hasSize(50_000);
                    }
                    return null;
                });
    }

    @Test
    void whoWaitsTooLongForOthersIsToldSoAndHasChangedNothing() throws Exception {
        JdbcStore impatient = new JdbcStore(database, () -> {}, Schema.latest(), 2, 1);

        store.write(writing -> {
            writing.put(KEY, "1");
            inAnotherThread(() -> assertThatThrownBy(
                            () -> impatient.write(inner -> inner.put(new Key("k", "", "late"), "1")))
                    .isInstanceOf(StoreConflictException.class)
                    .hasMessageContaining("2 times")
                    .hasCauseInstanceOf(SQLException.class));
            return null;
        });

        assertThat(list(store)).isEmpty();
        assertThat(get(store, KEY)).isPresent();
    }

    @Test
    void anInterruptedThreadBreaksNothingForTheOthers() throws Exception {
        store.write(writing -> writing.put(KEY, "1"));
        inAnotherThread(() -> {
            Thread.currentThread().interrupt();
            try {
                return store.write(writing -> writing.put(KEY, "2"));
            } catch (StoreFailedException refused) {
                return null;
            } finally {
                Thread.interrupted();
            }
        });

        store.write(writing -> writing.put(KEY, "3"));
        assertThat(get(store, KEY).orElseThrow().json()).isEqualTo("3");
    }

    @Test
    void whatIsWrittenInKeysAndValuesIsNeverSql() {
        String hostile = "'; DROP TABLE gatehouse_entry; --";
        store.write(writing -> writing.put(new Key("k", hostile, hostile), hostile, hostile));

        assertThat(find(store, "k", hostile))
                .hasValueSatisfying(entry -> assertThat(entry.key().parent()).isEqualTo(hostile));
        List<Entry> others =
                store.read(reading -> reading.list("k", "' OR '1'='1", Order.NEWEST_FIRST, OptionalLong.empty(), 9));
        assertThat(others).isEmpty();
    }

    @Test
    void whatNoDatabaseCanKeepIsRefusedAndNeverFound() {
        for (Key key : List.of(
                new Key("k".repeat(65), "", "a"),
                new Key("k", "p".repeat(257), "a"),
                new Key("k", "", "i".repeat(513)),
                new Key("k", "", "\u0000"),
                new Key("k", "", "\ud83d"))) {
            assertThat(get(store, key)).isEmpty();
            assertThatThrownBy(() -> store.write(writing -> writing.put(key, "1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a key has up to 64, 256 and 512 characters");
        }
        assertThatThrownBy(() -> store.write(writing -> writing.put(KEY, "\ude00")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> store.write(writing -> writing.put(KEY, "1", "l".repeat(513))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lookup");
    }

    @Test
    void theLongestKeyIsKept() {
        Key key = new Key("k".repeat(64), randomText(256, 1), randomText(512, 2));
        store.write(writing -> writing.put(key, "1", randomText(512, 3)));

        assertThat(get(store, key)).isPresent();
    }

    @Test
    void aLaterSchemaKeepsTheEntries() {
        store.write(writing -> writing.put(KEY, "1"));
        List<String> scripts = new ArrayList<>(Schema.latest().scripts());
        scripts.add("CREATE TABLE IF NOT EXISTS gatehouse_more (id INTEGER PRIMARY KEY);\n");
        Schema next = new Schema(scripts);

        JdbcStore newer = new JdbcStore(database, () -> {}, next, 4, 5);

        assertThat(get(newer, KEY)).isPresent();
        newer.write(writing -> writing.put(KEY, "2"));
    }

    @Test
    void whatWasThereBeforeRegionsIsInTheDefaultOne() throws Exception {
        store.write(writing -> writing.put(new Key("stage", "api", "prod"), "1", "lookup"));
        sql("DELETE FROM gatehouse_schema_version WHERE version >= 2");

        JdbcStore migrated = JdbcStore.of(database);

        assertThat(get(migrated, new Key("us-east-1/stage", "api", "prod"))).isPresent();
        assertThat(get(migrated, new Key("stage", "api", "prod"))).isEmpty();
        assertThat(migrated.<List<Entry>>read(reading -> reading.list("region", "")))
                .extracting(entry -> entry.key().id())
                .containsExactly("us-east-1");
    }

    @Test
    void aMigrationThatStoppedHalfwayIsFinished() throws Exception {
        store.write(writing -> writing.put(KEY, "1"));
        sql("DELETE FROM gatehouse_schema_version");
        sql("DROP INDEX gatehouse_entry_lookup");

        JdbcStore again = JdbcStore.of(database);

        assertThat(get(again, KEY)).isPresent();
        sql("DROP INDEX gatehouse_entry_lookup");
    }

    @Test
    void aNewerSchemaIsRefusedAtTheStartAndByARunningStore() throws Exception {
        store.write(writing -> writing.put(KEY, "1"));
        sql("INSERT INTO gatehouse_schema_version (version, applied) VALUES (7, CURRENT_TIMESTAMP)");

        assertThatThrownBy(() -> JdbcStore.of(database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("up to version 3");
        assertThatThrownBy(() -> store.write(writing -> writing.put(KEY, "2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 7");
        assertThat(get(store, KEY).orElseThrow().json()).isEqualTo("1");
    }

    @Test
    void aFailureOfTheDatabaseIsNotHiddenByWhoCatchesIt() throws Exception {
        sql("ALTER TABLE gatehouse_entry RENAME TO gatehouse_elsewhere");

        assertThatThrownBy(() -> store.write(writing -> {
                    try {
                        return writing.get(KEY);
                    } catch (StoreFailedException swallowed) {
                        return null;
                    }
                }))
                .isInstanceOf(StoreFailedException.class)
                .hasCauseInstanceOf(SQLException.class);
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Hard to compress: PostgreSQL compresses what goes into an index. */
    private static String randomText(int length, long seed) {
        return new java.util.Random(seed)
                .ints(length, 0x4e00, 0x9fa5)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Optional<Entry> get(JdbcStore store, Key key) {
        return store.read(reading -> reading.get(key));
    }

    private static Optional<Entry> find(JdbcStore store, String kind, String lookup) {
        return store.read(reading -> reading.find(kind, lookup));
    }

    private static List<Entry> list(JdbcStore store) {
        return store.read(reading -> reading.list("k", ""));
    }

    private static Void increment(JdbcStore store, int times) {
        for (int i = 0; i < times; i++) {
            store.write(writing -> {
                int before = Integer.parseInt(writing.get(KEY).orElseThrow().json());
                return writing.put(KEY, String.valueOf(before + 1));
            });
        }
        return null;
    }

    private static void inAnotherThread(Callable<?> work) {
        try {
            together(work);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void together(Callable<?>... works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> work : works) {
                running.add(threads.submit(work));
            }
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
