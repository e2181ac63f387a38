package dev.gatehouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the configuration and the documents it names are read from: again at each redeployment. */
@FunctionalInterface
public interface DocumentSource {

    /**
     * @param name with forward slashes, relative to where the configuration lies
     * @return the content, to be closed by the caller; null where there is no such document
     */
    InputStream open(String name) throws IOException;

    /** Documents in a folder. A name cannot lead out of it. */
    static DocumentSource folder(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return name -> {
            Path file = root.resolve(name).normalize();
            return file.startsWith(root) && Files.isRegularFile(file) ? Files.newInputStream(file) : null;
        };
    }
}
