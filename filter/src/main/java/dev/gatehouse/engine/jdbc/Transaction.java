package dev.gatehouse.engine.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on a connection that belongs to somebody else: a pool, mostly. */
public final class Transaction {

    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {

        /** @param connection commits nothing by itself; what is not committed when this ends is rolled back */
        T run(Connection connection) throws SQLException;
    }

    private final boolean autoCommit;
    private final int isolation;

    private Transaction(boolean autoCommit, int isolation) {
        this.autoCommit = autoCommit;
        this.isolation = isolation;
    }

    /**
     * Runs work within one transaction, or several one after the other if it commits in between. May be called on any thread.
     *
     * @throws SQLException what the work has thrown, or where there is no connection
     */
    public static <T> T run(DataSource database, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Transaction borrowed = new Transaction(connection.getAutoCommit(), connection.getTransactionIsolation());
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.run(connection);
            } catch (Throwable failure) {
                borrowed.restoreAfter(failure, connection);
                throw failure;
            }
            borrowed.restore(connection);
            return result;
        }
    }

    /** As it was borrowed. */
    private void giveBack(Connection connection) throws SQLException {
        connection.rollback();
        if (connection.getTransactionIsolation() != isolation) {
            connection.setTransactionIsolation(isolation);
        }
        connection.setAutoCommit(autoCommit);
    }

    private void restoreAfter(Throwable failure, Connection connection) {
        try {
            giveBack(connection);
        } catch (SQLException another) {
            failure.addSuppressed(another);
        }
    }

    /** That this fails does not undo what was committed, and whoever has the connection next will see it. */
    private void restore(Connection connection) {
        try {
            giveBack(connection);
        } catch (SQLException failure) {
            LOG.warn("A connection to the database is not given back as it came", failure);
        }
    }
}
