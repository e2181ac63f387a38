package dev.gatehouse.controlplane.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables, as numbered steps from nothing to what this version knows. A step is never changed once released; its statements
 * end with a semicolon at the end of a line.
 *
 * @param scripts the first one makes version 1
 */
record Schema(List<String> scripts) {

    /** One per file {@code schema/<number>.sql}. */
    private static final int LATEST = 3;

    /** PostgreSQL, H2 with tables and H2 without any. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    Schema {
        scripts = List.copyOf(scripts);
    }

    static Schema latest() {
        List<String> scripts = new ArrayList<>();
        for (int number = 1; number <= LATEST; number++) {
            scripts.add(script("schema/" + number + ".sql"));
        }
        return new Schema(scripts);
    }

    /**
     * Brings the tables to the version of this schema. Leaves the connection without an open transaction.
     *
     * @throws IllegalStateException where the tables are newer
     */
    void migrate(Connection connection, Dialect dialect) throws SQLException {
        synchronized (Schema.class) { // for the database that has no lock of its own
            if (applied(connection) < scripts.size()) {
                connection.rollback();
                dialect.beginMigration(connection);
                createVersions(connection);
                for (int number = version(connection) + 1; number <= scripts.size(); number++) {
                    apply(connection, number);
                }
                connection.commit();
                dialect.committed(connection);
            }
            check(connection);
            connection.rollback();
        }
    }

    /** @throws IllegalStateException where the tables are newer than this schema */
    void check(Connection connection) throws SQLException {
        int found = version(connection);
        if (found > scripts.size()) {
            throw new IllegalStateException("the tables of the store are of version " + found
                    + ", and this Gatehouse knows them up to version " + scripts.size()
                    + ": a newer Gatehouse has changed them; run that one or a newer one");
        }
    }

    private static int applied(Connection connection) throws SQLException {
        try {
            return version(connection);
        } catch (SQLException absent) {
            if (NO_SUCH_TABLE.contains(String.valueOf(absent.getSQLState()))) {
                return 0;
            }
            throw absent;
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT COALESCE(MAX(version), 0) FROM gatehouse_schema_version");
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void createVersions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS gatehouse_schema_version"
                    + " (version INTEGER PRIMARY KEY, applied TIMESTAMP NOT NULL)");
        }
    }

    private void apply(Connection connection, int number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(scripts.get(number - 1))) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO gatehouse_schema_version (version, applied) VALUES (?, CURRENT_TIMESTAMP)")) {
            insert.setInt(1, number);
            insert.executeUpdate();
        }
    }

    private static List<String> statements(String script) {
        String code = script.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        return List.of(code.split(";\\s*(\n|$)")).stream()
                .filter(sql -> !sql.isBlank())
                .toList();
    }

    private static String script(String name) {
        try (InputStream resource = Schema.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
