package dev.gatehouse.controlplane.store;

import dev.gatehouse.engine.jdbc.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Keeps definitions in a database: H2 in a file of this process, or a {@link DataSource} of H2 or PostgreSQL that many processes
 * share. Thread-safe. Its methods throw {@link StoreFailedException} where the database fails.
 *
 * <p>A write that returned is on disk. Writers wait for each other, within a process without a limit and across processes for a
 * bounded time; readers wait for nobody.
 */
public final class JdbcStore implements DefinitionStore, AutoCloseable {

    private static final int ATTEMPTS = 4;
    private static final int LOCK_SECONDS = 5;

    private final DataSource database;
    private final Durability durability;
    private final Runnable close;
    private final Schema schema;
    private final Dialect dialect;
    private final int attempts;
    private final int lockSeconds;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Seclusion seclusion = new Seclusion();

    /** Sees to it that what was committed by a connection survives the end of the machine. */
    private interface Durability {
        void committed(Connection connection) throws SQLException;
    }

    JdbcStore(DataSource database, Runnable close, Schema schema, int attempts, int lockSeconds) {
        this(database, null, close, schema, attempts, lockSeconds);
    }

    /** @param durability null for that of the dialect */
    private JdbcStore(
            DataSource database, Durability durability, Runnable close, Schema schema, int attempts, int lockSeconds) {
        this.database = database;
        this.close = close;
        this.schema = schema;
        this.attempts = attempts;
        this.lockSeconds = lockSeconds;
        try {
            this.dialect = prepare();
            this.durability = durability == null ? dialect::committed : durability;
        } catch (SQLException failure) {
            throw new StoreFailedException("the store cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /**
     * A store in the file {@code gatehouse.mv.db}, which belongs to this process until the store is closed.
     *
     * @param dataDirectory is created, for its owner only, where it does not exist
     * @throws IllegalStateException without the driver, or where a newer Gatehouse has changed the tables
     * @throws StoreFailedException where the file is not readable, or in use by another process
     */
    public static JdbcStore in(Path dataDirectory) {
        try {
            Class.forName("org.h2.Driver", false, JdbcStore.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    "a store in a file needs the artifact com.h2database:h2, which is not on the class path", absent);
        }
        var file = EmbeddedDatabase.open(dataDirectory);
        try {
            return new JdbcStore(
                    file.connections(), file::committed, file::close, Schema.latest(), ATTEMPTS, LOCK_SECONDS);
        } catch (RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /**
     * A store in a database of somebody else; tables are made where there are none.
     *
     * @param database its connections are not part of a transaction of a container; stays open when the store is closed
     * @throws IllegalArgumentException where it is not H2 or PostgreSQL
     * @throws IllegalStateException where a newer Gatehouse has changed the tables
     * @throws StoreFailedException where it does not answer
     */
    public static JdbcStore of(DataSource database) {
        return new JdbcStore(database, () -> {}, Schema.latest(), ATTEMPTS, LOCK_SECONDS);
    }

    @Override
    public <T> T read(Function<? super Reading, T> work) {
        return seclusion.of(() -> attempt(() -> Transaction.run(database, connection -> {
            dialect.beginRead(connection);
            JdbcReading reading = new JdbcReading(connection);
            T result = run(work, reading);
            connection.rollback();
            return result;
        })));
    }

    @Override
    public <T> T write(Function<? super Writing, T> work) {
        return seclusion.of(() -> {
            writing.lock();
            try {
                return attempt(() -> Transaction.run(database, connection -> change(connection, work)));
            } finally {
                writing.unlock();
            }
        });
    }

    @Override
    public long revision() {
        try (Connection connection = database.getConnection()) {
            long revision;
            try (PreparedStatement query =
                            connection.prepareStatement("SELECT revision FROM gatehouse_state WHERE id = 1");
                    ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the row of gatehouse_state is gone");
                }
                revision = row.getLong(1);
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return revision;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /** Gives back the file of an embedded database. What was written is safe without. */
    @Override
    public void close() {
        close.run();
    }

    private <T> T change(Connection connection, Function<? super Writing, T> work) throws SQLException {
        dialect.beginWrite(connection, lockSeconds);
        JdbcWriting draft = JdbcWriting.begin(connection);
        schema.check(connection);
        T result = run(work, draft);
        if (draft.finish()) {
            commit(connection);
        } else {
            connection.rollback();
        }
        return result;
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (Dialect.rolledBack(failure)) {
                throw failure;
            }
            throw unknown(failure);
        }
        try {
            durability.committed(connection);
        } catch (SQLException failure) {
            throw unknown(failure);
        }
    }

    private static StoreFailedException unknown(SQLException failure) {
        return new StoreFailedException(
                "the database failed while it was committing, and the change may have happened or not: "
                        + failure.getMessage(),
                failure);
    }

    /** What the database said comes before what the work made of it. */
    private static <S extends JdbcReading, T> T run(Function<? super S, T> work, S session) throws SQLException {
        T result;
        try {
            result = work.apply(session);
        } catch (RuntimeException failure) {
            session.failIfBroken();
            throw failure;
        }
        session.failIfBroken();
        return result;
    }

    private Dialect prepare() throws SQLException {
        return Transaction.run(database, connection -> {
            Dialect found = Dialect.of(connection);
            schema.migrate(connection, found);
            return found;
        });
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private <T> T attempt(Attempt<T> attempt) {
        SQLException last = null;
        for (int i = 0; i < attempts; i++) {
            try {
                return attempt.run();
            } catch (SQLException failure) {
                if (!Dialect.conflict(failure)) {
                    throw failed(failure);
                }
                last = failure;
            }
        }
        throw new StoreConflictException("others were in the way " + attempts + " times", last);
    }

    private static StoreFailedException failed(SQLException failure) {
        return new StoreFailedException("the database of the store failed: " + failure.getMessage(), failure);
    }
}
