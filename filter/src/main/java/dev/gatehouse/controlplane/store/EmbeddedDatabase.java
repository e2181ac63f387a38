package dev.gatehouse.controlplane.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 in a file, within this process: no port, no second process. Only touched once its driver is known to be there. */
final class EmbeddedDatabase {

    private static final int CONNECTIONS = 32;

    private EmbeddedDatabase() {}

    static JdbcConnectionPool open(Path dataDirectory) {
        String file =
                dataDirectory.toAbsolutePath().normalize().resolve("gatehouse").toString();
        if (file.indexOf(';') >= 0) {
            throw new IllegalArgumentException("a data directory with a semicolon in its name: " + dataDirectory);
        }
        create(dataDirectory);
        // "async": where a thread is interrupted, the plain file would be closed under everybody else
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:async:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0", "gatehouse", "");
        pool.setMaxConnections(CONNECTIONS);
        return pool;
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
