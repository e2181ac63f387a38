package dev.gatehouse.engine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest {

    /** With one connection, so that the next who borrows one gets the same. */
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:TransactionTest", "sa", "");

    @BeforeEach
    void prepare() throws SQLException {
        pool.setMaxConnections(1);
        run("CREATE TABLE done (what VARCHAR(20))");
    }

    @AfterEach
    void close() throws SQLException {
        run("DROP TABLE done");
        pool.dispose();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int done() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM done")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void whatIsCommittedStaysAndTheConnectionComesBackAsItWas() throws SQLException {
        String result = Transaction.run(pool, connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            run(connection, "INSERT INTO done VALUES ('kept')");
            connection.commit();
            run(connection, "INSERT INTO done VALUES ('not kept')");
            return "result";
        });

        assertThat(result).isEqualTo("result");
        assertThat(done()).isEqualTo(1);
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void workThatFailsLeavesNothing() throws SQLException {
        assertThatThrownBy(() -> Transaction.run(pool, connection -> {
                    run(connection, "INSERT INTO done VALUES ('not kept')");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(done()).isZero();
    }

    @Test
    void aConnectionThatCannotBeGivenBackHidesNeitherResultNorFailure() throws SQLException {
        DataSource broken = breaking(pool);

        assertThat(Transaction.<String>run(broken, connection -> {
                    run(connection, "INSERT INTO done VALUES ('kept')");
                    connection.commit();
                    return "result";
                }))
                .isEqualTo("result");
        assertThatThrownBy(() -> Transaction.run(broken, connection -> {
                    throw new SQLException("the first");
                }))
                .hasMessage("the first")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(another -> assertThat(another).hasMessage("cannot roll back")));
        assertThat(done()).isEqualTo(1);
    }

    /** Its connections cannot roll back. */
    private static DataSource breaking(DataSource real) {
        return (DataSource) proxy(DataSource.class, real, "getConnection", () -> {
            Connection connection = real.getConnection();
            return proxy(Connection.class, connection, "rollback", () -> {
                throw new SQLException("cannot roll back");
            });
        });
    }

    private interface Instead {
        Object run() throws SQLException;
    }

    private static Object proxy(Class<?> type, Object real, String name, Instead instead) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals(name)) {
                return instead.run();
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
