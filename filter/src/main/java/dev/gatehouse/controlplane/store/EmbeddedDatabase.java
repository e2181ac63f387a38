package dev.gatehouse.controlplane.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.Driver;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 in a file, within this process: no port, no second process. Only touched once its driver is known to be there. */
final class EmbeddedDatabase {

    private static final String USER = "gatehouse";
    private static final int CONNECTIONS = 32;

    /** A file of that many bytes is not worth compacting. */
    private static final long SMALL = 16L * 1024 * 1024;

    /** "async": where a thread is interrupted, the plain file would be closed under everybody else. */
    private static final String SETTINGS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=64";

    /** Of the heap, for pages that were read: without a word it would be 16 MB, and a million keys be read page by page. */
    private static final int SHARE_OF_PAGES = 8;

    /**
     * What H2 2.2 to 2.5 puts into a hole of its file is written before the header says where that is, and the header tells of the
     * change before: a process that ends then has lost what it had committed. What is appended is always found. So nothing goes
     * into holes with these versions, nor is moved there, and dead space goes when the file is opened.
     */
    private static final String APPEND = ";REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0;AUTO_COMPACT_FILL_RATE=0";

    /**
     * A checkpoint moves four megabytes out of chunks that are mostly dead, which takes a hundred times as long as a change does. One
     * in so many keeps up with what that many changes leave behind.
     */
    private static final int CHANGES_BETWEEN_CHECKPOINTS = 32;

    private final JdbcConnectionPool pool;
    private final FileChannel file;
    private final AtomicInteger changes = new AtomicInteger();

    private EmbeddedDatabase(JdbcConnectionPool pool, FileChannel file) {
        this.pool = pool;
        this.file = file;
    }

    /** @throws StoreFailedException where the file is in use, or is no database */
    static EmbeddedDatabase open(Path dataDirectory) {
        Path file = dataDirectory.toAbsolutePath().normalize().resolve("gatehouse");
        if (file.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("a data directory with a semicolon in its name: " + dataDirectory);
        }
        create(dataDirectory);
        long kilobytesOfPages = Runtime.getRuntime().maxMemory() / SHARE_OF_PAGES / 1024;
        String url =
                "jdbc:h2:async:" + file + SETTINGS + ";CACHE_SIZE=" + Math.min(kilobytesOfPages, Integer.MAX_VALUE);
        if (forgetsWhatIsInHoles(new Driver())) {
            url += APPEND;
            compact(file.resolveSibling("gatehouse.mv.db"), url);
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, USER, "");
        pool.setMaxConnections(CONNECTIONS);
        try {
            pool.getConnection().close();
            return new EmbeddedDatabase(
                    pool, FileChannel.open(file.resolveSibling("gatehouse.mv.db"), StandardOpenOption.WRITE));
        } catch (IOException | SQLException failure) {
            pool.dispose();
            throw new StoreFailedException("the store cannot be opened: " + failure.getMessage(), failure);
        }
    }

    DataSource connections() {
        return pool;
    }

    /** Sees to it that what was committed survives the end of the machine: H2 has handed it to the operating system by then. */
    void committed(Connection connection) throws SQLException {
        if (changes.incrementAndGet() % CHANGES_BETWEEN_CHECKPOINTS == 0) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
            return;
        }
        try {
            file.force(true);
        } catch (IOException failure) {
            throw new SQLException("the file of the database: " + failure.getMessage(), failure);
        }
    }

    /** In this order: with any channel on a file goes the lock that its process has on it. */
    void close() {
        pool.dispose();
        try {
            file.close();
        } catch (IOException failure) {
            throw new StoreFailedException("the file of the database: " + failure.getMessage(), failure);
        }
    }

    /** By the version that is there, which need not be the one that this was compiled with. */
    private static boolean forgetsWhatIsInHoles(Driver driver) {
        return driver.getMajorVersion() > 2 || driver.getMajorVersion() == 2 && driver.getMinorVersion() >= 2;
    }

    /** H2 writes another file and puts it in the place of the first in one step, so this can end anywhere. */
    private static void compact(Path file, String url) {
        try {
            if (!Files.exists(file) || Files.size(file) < SMALL) {
                return;
            }
            Properties user = new Properties();
            user.setProperty("user", USER);
            user.setProperty("password", "");
            try (Connection connection = new Driver().connect(url, user);
                    Statement statement = connection.createStatement()) {
                long live = Files.size(file)
                        * percent(statement, "info.FILL_RATE")
                        / 100
                        * percent(statement, "info.CHUNKS_FILL_RATE")
                        / 100;
                if (live < Files.size(file) / 2) {
                    statement.execute("SHUTDOWN COMPACT");
                }
            }
        } catch (IOException | SQLException failure) {
            throw new StoreFailedException(
                    "the database " + file + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    private static long percent(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT setting_value FROM information_schema.settings WHERE setting_name = '" + name + "'")) {
            return row.next() ? Long.parseLong(row.getString(1)) : 100;
        }
    }

    /** API keys lie in there: nobody else is to read them. */
    private static void create(Path dataDirectory) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(dataDirectory, ownerOnly);
        } catch (IOException failure) {
            throw new StoreFailedException("the data directory " + dataDirectory + " cannot be created", failure);
        }
    }
}
