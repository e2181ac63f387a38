package dev.gatehouse.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/** Where the secrets lie that a configuration refers to. They are read once, when the configuration is read. */
public interface SecretSource {

    /** @return the environment variable of that name; empty where there is none */
    Optional<String> environment(String name);

    /** @return the system property of that name; empty where there is none */
    Optional<String> property(String name);

    /**
     * @param path an absolute path
     * @return the text of that file without the line break at its end
     * @throws IOException where it cannot be read or is over 64 KiB
     */
    String file(String path) throws IOException;

    /**
     * @param name begins with {@code java:}; nothing else is asked for, because other schemes would call servers
     * @return the text that the container holds under that name; empty where there is none
     * @throws IOException where it cannot be read or is no text; its message is shown, without the value
     */
    default Optional<String> jndi(String name) throws IOException {
        return Optional.empty();
    }

    /** The environment, the system properties and the files of this process, and what its container names. */
    static SecretSource ofProcess() {
        return new SecretSource() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.ofNullable(System.getenv(name));
            }

            @Override
            public Optional<String> property(String name) {
                return Optional.ofNullable(System.getProperty(name));
            }

            @Override
            public Optional<String> jndi(String name) throws IOException {
                if (!name.startsWith("java:")) {
                    throw new IOException("only names that begin with java: are looked up");
                }
                try {
                    if (new InitialContext().lookup(name) instanceof String text) {
                        return Optional.of(text);
                    }
                    throw new IOException("what lies there is no text");
                } catch (NameNotFoundException none) {
                    return Optional.empty();
                } catch (NamingException unreadable) {
                    throw new IOException(unreadable.getClass().getSimpleName(), unreadable);
                }
            }

            @Override
            public String file(String path) throws IOException {
                int limit = 64 * 1024;
                try (InputStream in = Files.newInputStream(Path.of(path))) {
                    byte[] bytes = in.readNBytes(limit + 1);
                    if (bytes.length > limit) {
                        throw new IOException("over 64 KiB");
                    }
                    return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
                }
            }
        };
    }
}
