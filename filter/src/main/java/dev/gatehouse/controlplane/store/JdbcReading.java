package dev.gatehouse.controlplane.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Entries within one transaction. Remembers when the database failed, even if nobody else did. */
class JdbcReading implements Reading {

    private static final String SELECT =
            "SELECT kind, parent, id, lookup, version, place, json_text FROM gatehouse_entry ";

    /**
     * As many as are wanted in one statement: each of them is looked for in an index. The join is an outer one because H2 turns an inner
     * one round once the table has grown, and reads all of it for each that is wanted; so there is a row of nulls for what is absent.
     */
    private static final String SELECT_WANTED = "SELECT kind, parent, id, lookup, version, place, json_text"
            + " FROM UNNEST(CAST(? AS VARCHAR ARRAY)) AS wanted(name) LEFT JOIN gatehouse_entry ";

    private static final String GET = SELECT + "WHERE kind = ? AND parent = ? AND id = ?";
    private static final String FIND = SELECT + "WHERE kind = ? AND lookup = ?";

    // All columns of their indexes in the order, although two are the same throughout: H2 knows by this that nothing
    // needs
    // sorting.
    static final String OLDEST_FIRST =
            SELECT + "WHERE kind = ? AND parent = ? AND place > ? ORDER BY kind, parent, place FETCH FIRST ? ROWS ONLY";
    static final String NEWEST_FIRST =
            SELECT + "WHERE kind = ? AND parent = ? AND place < ? ORDER BY kind, parent, place DESC"
                    + " FETCH FIRST ? ROWS ONLY";

    static final String GET_ALL = SELECT_WANTED + "ON kind = ? AND parent = ? AND id = wanted.name";
    static final String LIST_ALL = SELECT_WANTED + "ON kind = ? AND parent = wanted.name ORDER BY place";

    final Connection connection;
    private SQLException failure;

    JdbcReading(Connection connection) {
        this.connection = connection;
    }

    @Override
    public final Optional<Entry> get(Key key) {
        return Storable.possible(key)
                ? query(GET, key.kind(), key.parent(), key.id()).stream().findFirst()
                : Optional.empty();
    }

    @Override
    public final Optional<Entry> find(String kind, String lookup) {
        return Storable.possibleLookup(kind, lookup)
                ? query(FIND, kind, lookup).stream().findFirst()
                : Optional.empty();
    }

    @Override
    public final List<Entry> list(String kind, String parent, Order order, OptionalLong after, int limit) {
        if (limit <= 0 || !Storable.possibleParent(kind, parent)) {
            return List.of();
        }
        return order == Order.OLDEST_FIRST
                ? query(OLDEST_FIRST, kind, parent, after.orElse(0), limit)
                : query(NEWEST_FIRST, kind, parent, after.orElse(Long.MAX_VALUE), limit);
    }

    @Override
    public final Map<String, Entry> get(String kind, String parent, Set<String> ids) {
        Map<String, Entry> found = new HashMap<>();
        List<String> possible = ids.stream()
                .filter(id -> Storable.possible(new Key(kind, parent, id)))
                .toList();
        if (!possible.isEmpty()) {
            query(GET_ALL, texts(possible), kind, parent)
                    .forEach(entry -> found.put(entry.key().id(), entry));
        }
        return found;
    }

    @Override
    public final Map<String, List<Entry>> list(String kind, Set<String> parents) {
        List<String> possible = parents.stream()
                .filter(parent -> Storable.possibleParent(kind, parent))
                .toList();
        return possible.isEmpty()
                ? Map.of()
                : query(LIST_ALL, texts(possible), kind).stream()
                        .collect(Collectors.groupingBy(entry -> entry.key().parent()));
    }

    private Array texts(List<String> texts) {
        try {
            return connection.createArrayOf("varchar", texts.toArray());
        } catch (SQLException cause) {
            throw broken(cause);
        }
    }

    /** @throws SQLException the first one that this transaction met */
    final void failIfBroken() throws SQLException {
        if (failure != null) {
            throw failure;
        }
    }

    final StoreFailedException broken(SQLException cause) {
        if (failure == null) {
            failure = cause;
        }
        return new StoreFailedException("the database of the store failed: " + cause.getMessage(), cause);
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private List<Entry> query(String sql, Object... values) {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, values);
            try (ResultSet rows = query.executeQuery()) {
                List<Entry> entries = new ArrayList<>();
                while (rows.next()) {
                    if (rows.getString(1) != null) {
                        entries.add(entry(rows));
                    }
                }
                return List.copyOf(entries);
            }
        } catch (SQLException cause) {
            throw broken(cause);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Key key = new Key(row.getString(1), row.getString(2), row.getString(3));
        return new Entry(key, row.getString(7), row.getString(4), row.getLong(5), row.getLong(6));
    }
}
