package dev.gatehouse.configuration;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

/** An environment that the test makes up. */
record FakeSecrets(Map<String, String> variables, Map<String, String> properties, Map<String, String> files)
        implements SecretSource {

    static final FakeSecrets NONE = new FakeSecrets(Map.of(), Map.of(), Map.of());

    static final FakeSecrets SOME = new FakeSecrets(
            Map.of(
                    "CALLER_ID", "AKIDEXAMPLE",
                    "CALLER_SECRET", "from-environment",
                    "EMPTY", "",
                    "ANNA_ID", "AKIAEXAMPLEANNA01",
                    "ANNA_SECRET", "a-secret-of-anna-that-is-long-enough",
                    "BUILD_ID", "ASIAEXAMPLEBUILD01",
                    "BUILD_SECRET", "a-secret-of-build-that-is-long-enough"),
            Map.of(
                    "caller.token", "from-property",
                    "mobile.key", "key-of-the-mobile-app-1234",
                    "partner.key", "key-of-the-partner-123456",
                    "short.key", "too-short",
                    "trace.key", "key-of-those-who-may-trace-calls-of-orders",
                    "pool.issuer", "https://login.example.com/realms/shop",
                    "pool.keys", "https://login.example.com/realms/shop/certs",
                    "not.an.address", "login.example.com"),
            Map.of("/run/secrets/caller", "from-file", "/run/secrets/redis", "password-of-redis"));

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    @Override
    public String file(String path) throws IOException {
        if (!files.containsKey(path)) {
            throw new NoSuchFileException(path);
        }
        return files.get(path);
    }

    @Override
    public Optional<String> jndi(String name) throws IOException {
        if (name.startsWith("java:comp/")) {
            throw new IOException("NoInitialContextException");
        }
        return name.equals("java:global/caller") ? Optional.of("from-jndi") : Optional.empty();
    }
}
