package dev.gatehouse.controlplane.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/** One transaction that changes entries. Holds the row of state from the beginning, so that there is one at a time. */
final class JdbcWriting extends JdbcReading implements Writing {

    private long lastPlace;
    private boolean changed;

    private JdbcWriting(Connection connection) {
        super(connection);
    }

    /** Waits for the others, as long as the transaction says. */
    static JdbcWriting begin(Connection connection) throws SQLException {
        JdbcWriting writing = new JdbcWriting(connection);
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT last_place FROM gatehouse_state WHERE id = 1 FOR UPDATE");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the row of gatehouse_state is gone");
            }
            writing.lastPlace = row.getLong(1);
        }
        return writing;
    }

    /** @return whether there is anything to commit */
    boolean finish() throws SQLException {
        failIfBroken();
        if (changed) {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE gatehouse_state SET revision = revision + 1, last_place = ? WHERE id = 1")) {
                update.setLong(1, lastPlace);
                update.executeUpdate();
            }
        }
        return changed;
    }

    @Override
    public Entry put(Key key, String json, String lookup) {
        Storable.check(key, json, lookup);
        if (lookup != null
                && find(key.kind(), lookup)
                        .filter(other -> !other.key().equals(key))
                        .isPresent()) {
            throw new IllegalArgumentException("another " + key.kind() + " has this lookup value");
        }
        Optional<Entry> before = get(key);
        return before.isPresent() ? replace(before.get(), json, lookup) : create(key, json, lookup);
    }

    @Override
    public boolean remove(Key key) {
        return Storable.possible(key)
                && change(
                                "DELETE FROM gatehouse_entry WHERE kind = ? AND parent = ? AND id = ?",
                                key.kind(),
                                key.parent(),
                                key.id())
                        > 0;
    }

    @Override
    public void removeAll(String kind, String parent) {
        if (Storable.possibleParent(kind, parent)) {
            change("DELETE FROM gatehouse_entry WHERE kind = ? AND parent = ?", kind, parent);
        }
    }

    private Entry create(Key key, String json, String lookup) {
        Entry entry = new Entry(key, json, lookup, 1, ++lastPlace);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO gatehouse_entry (lookup, kind, parent, id, version, place,"
                        + " json_text) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            bindLookup(insert, lookup);
            insert.setString(2, key.kind());
            insert.setString(3, key.parent());
            insert.setString(4, key.id());
            insert.setLong(5, entry.version());
            insert.setLong(6, entry.sequence());
            insert.setString(7, json);
            insert.executeUpdate();
        } catch (SQLException cause) {
            throw broken(cause);
        }
        changed = true;
        return entry;
    }

    private Entry replace(Entry before, String json, String lookup) {
        Entry entry = new Entry(before.key(), json, lookup, before.version() + 1, before.sequence());
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE gatehouse_entry SET lookup = ?, version = ?, json_text = ?"
                        + " WHERE kind = ? AND parent = ? AND id = ?")) {
            bindLookup(update, lookup);
            update.setLong(2, entry.version());
            update.setString(3, json);
            update.setString(4, before.key().kind());
            update.setString(5, before.key().parent());
            update.setString(6, before.key().id());
            update.executeUpdate();
        } catch (SQLException cause) {
            throw broken(cause);
        }
        changed = true;
        return entry;
    }

    private static void bindLookup(PreparedStatement statement, String lookup) throws SQLException {
        if (lookup == null) {
            statement.setNull(1, Types.VARCHAR);
        } else {
            statement.setString(1, lookup);
        }
    }

    private int change(String sql, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            int count = statement.executeUpdate();
            changed |= count > 0;
            return count;
        } catch (SQLException cause) {
            throw broken(cause);
        }
    }
}
