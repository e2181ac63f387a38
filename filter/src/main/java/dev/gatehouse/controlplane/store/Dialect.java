package dev.gatehouse.controlplane.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** What differs between the databases that keep to the contract; each was run against it. */
enum Dialect {
    H2 {
        @Override
        void beginRead(Connection connection) throws SQLException {
            // a snapshot of all tables, which its repeatable read is not
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }

        @Override
        void beginWrite(Connection connection, int lockSeconds) throws SQLException {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            run(connection, "SET LOCK_TIMEOUT " + lockSeconds * 1000);
        }

        @Override
        void committed(Connection connection) throws SQLException {
            // its commit alone may stay in buffers of the operating system, or for half a second in our own
            run(connection, "CHECKPOINT SYNC");
        }

        @Override
        void beginMigration(Connection connection) {
            // has no lock that outlives a CREATE TABLE; scripts may run twice
        }
    },

    POSTGRESQL {
        @Override
        void beginRead(Connection connection) throws SQLException {
            run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        }

        @Override
        void beginWrite(Connection connection, int lockSeconds) throws SQLException {
            run(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
            // "off" would answer before the change is on disk; every other setting is at least as strict as "local"
            try (PreparedStatement settings = connection.prepareStatement(
                    "SELECT set_config('lock_timeout', ?, true), set_config('synchronous_commit',"
                            + " CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
                            + " ELSE current_setting('synchronous_commit') END, true)")) {
                settings.setString(1, lockSeconds + "s");
                settings.execute();
            }
        }

        @Override
        void committed(Connection connection) {
            // durable by then
        }

        @Override
        void beginMigration(Connection connection) throws SQLException {
            run(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
            run(connection, "SELECT pg_advisory_xact_lock(7310286011)");
        }
    };

    /** Waited too long for a lock; H2: the row or the text that was being read has been replaced meanwhile. */
    private static final Set<String> OTHERS_IN_THE_WAY = Set.of("55P03", "HYT00", "90131", "90039");

    /** Where the state of a transaction is unknown although its class says that it was rolled back. */
    private static final String UNKNOWN_COMPLETION = "40003";

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(product)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("definitions cannot be kept in " + product + ": H2 and PostgreSQL are what"
                + " is known to keep them as they are");
    }

    /** Begins a transaction that sees one moment and waits for nobody. */
    abstract void beginRead(Connection connection) throws SQLException;

    /** Begins a transaction whose every statement sees what was committed before that statement. */
    abstract void beginWrite(Connection connection, int lockSeconds) throws SQLException;

    /** Sees to it that what was committed survives the end of the machine. */
    abstract void committed(Connection connection) throws SQLException;

    /** Begins a transaction that no other migration runs beside, where the database can do so. */
    abstract void beginMigration(Connection connection) throws SQLException;

    /** @return whether nothing has happened, and the same thing may succeed when done again */
    static boolean conflict(SQLException failure) {
        return rolledBack(failure) || OTHERS_IN_THE_WAY.contains(String.valueOf(failure.getSQLState()));
    }

    /** @return whether even a commit that failed like this is known to have changed nothing */
    static boolean rolledBack(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("40") && !state.equals(UNKNOWN_COMPLETION);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
