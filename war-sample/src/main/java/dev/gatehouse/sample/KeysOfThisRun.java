package dev.gatehouse.sample;

import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import dev.gatehouse.configuration.SecretSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * What gatehouse.yaml refers to as {@code {property: harbour...}}. A system property of that name counts; for all others something
 * is made up at each start, so nobody knows it by heart. The run command names a file in {@code sample.keys}: there it is
 * written, for its owner only. Without that file nobody ever learns it, and what wants it stays closed.
 */
@ApplicationScoped
public class KeysOfThisRun implements GatehouseCustomizer {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ANY = UPPER + "abcdefghijklmnopqrstuvwxyz01";

    private final SecureRandom random = new SecureRandom();
    private final String clerkId = "AKIA" + made(16, UPPER);
    private final String clerkSecret = made(40, ANY);
    private final String memberCard = made(32, ANY);
    private final String password = made(20, ANY);

    private String url;

    /** An injected {@code ServletContext} would be there for requests only. */
    void starting(@Observes @Initialized(ApplicationScoped.class) ServletContext application) {
        url = System.getProperty("sample.url", "http://127.0.0.1:8080") + application.getContextPath();
        String file = System.getProperty("sample.keys");
        if (file != null) {
            write(Path.of(file), """
                    export HARBOUR='%s'
                    export CLERK_ID='%s' CLERK_SECRET='%s'
                    export MEMBER_CARD='%s'
                    export CUSTOMER_PASSWORD='%s'
                    """.formatted(url, clerkId, clerkSecret, memberCard, password));
        }
    }

    @Override
    public void customize(GatehouseBuilder builder) {
        builder.secrets(new Properties(
                SecretSource.ofProcess(),
                Map.of(
                        "harbour.clerk.id",
                        clerkId,
                        "harbour.clerk.secret",
                        clerkSecret,
                        "harbour.pool.issuer",
                        issuer(),
                        "harbour.pool.keys",
                        issuer() + "/keys")));
    }

    /** The number on the one membership card that there is. */
    String memberCard() {
        return memberCard;
    }

    /** Of {@code ishmael}, the one customer who can sign in. */
    String password() {
        return password;
    }

    /** The sample's own sign-in, as its tokens name it. */
    String issuer() {
        return url + "/sign-in";
    }

    /** Whether somebody else signs customers in. */
    boolean otherIssuer() {
        return System.getProperty("harbour.pool.issuer") != null;
    }

    private String made(int length, String letters) {
        return random.ints(length, 0, letters.length())
                .collect(
                        StringBuilder::new,
                        (text, letter) -> text.append(letters.charAt(letter)),
                        StringBuilder::append)
                .toString();
    }

    private static void write(Path file, String text) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, ownerOnly);
            Files.writeString(file, text, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Properties(SecretSource process, Map<String, String> made) implements SecretSource {

        @Override
        public Optional<String> environment(String name) {
            return process.environment(name);
        }

        @Override
        public Optional<String> property(String name) {
            return process.property(name).or(() -> Optional.ofNullable(made.get(name)));
        }

        @Override
        public Optional<String> jndi(String name) throws IOException {
            return process.jndi(name);
        }

        @Override
        public String file(String path) throws IOException {
            return process.file(path);
        }

        @Override
        public String toString() {
            return "keys of this run";
        }
    }
}
