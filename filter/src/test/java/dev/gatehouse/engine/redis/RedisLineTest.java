package dev.gatehouse.engine.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server is reached, and what is said where it cannot be. */
class RedisLineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @BeforeAll
    static void installed() {
        RedisServer.assumeInstalled();
    }

    private static int nodes(RedisSettings settings) throws Exception {
        try (RedisCounters counters = new RedisCounters(Redis.open(settings))) {
            return counters.beat("node").toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aServerThatWantsAPasswordGetsIt() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "a-password")) {
            RedisSettings right = new RedisSettings(server.uri(), null, "a-password", null, TIMEOUT, "x:");
            assertThat(nodes(right)).isEqualTo(1);
            RedisSettings user = new RedisSettings(server.uri(), "default", "a-password", null, TIMEOUT, "x:");
            assertThat(nodes(user)).isEqualTo(1);
            RedisSettings wrong = new RedisSettings(server.uri(), null, "another", null, TIMEOUT, "x:");
            assertThatThrownBy(() -> nodes(wrong)).hasMessageContaining("is not connected");
            assertThat(right.toString()).doesNotContain("a-password");
        }
    }

    /** As servers before Redis 6 do. */
    @Test
    void aServerThatKnowsNoHelloIsSpokenToInResp2() throws Exception {
        try (RedisServer server = RedisServer.start("--rename-command", "HELLO", "", "--requirepass", "a-password")) {
            assertThat(nodes(new RedisSettings(server.uri(), null, "a-password", null, TIMEOUT, "x:")))
                    .isEqualTo(1);
        }
    }

    @Test
    void aDatabaseOfItsOwnAndAPrefixKeepGatewaysApart() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            RedisSettings one = new RedisSettings(URI.create(server.uri() + "/3"), null, null, null, TIMEOUT, "one:");
            RedisSettings other = new RedisSettings(URI.create(server.uri() + "/3"), null, null, null, TIMEOUT, "two:");
            RedisSettings elsewhere = new RedisSettings(server.uri(), null, null, null, TIMEOUT, "one:");
            for (RedisSettings settings : List.of(one, other, elsewhere)) {
                try (RedisCounters counters = new RedisCounters(Redis.open(settings))) {
                    assertThat(counters.beat(settings.keyPrefix() + settings.uri())
                                    .toCompletableFuture()
                                    .get(20, TimeUnit.SECONDS))
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void tlsTrustsTheCertificatesThatAreNamedAndNoOthers() throws Exception {
        Path store = folder.resolve("server.p12");
        run("keytool -genkeypair -alias server -keyalg RSA -keysize 2048 -dname CN=localhost"
                + " -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass changeit -keystore " + store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Path certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        Path key = pem(
                "PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
        try (RedisServer server = RedisServer.start(
                "--port",
                "0",
                "--tls-port",
                "PORT",
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-auth-clients",
                "no")) {
            URI tls = URI.create(server.uri().toString().replace("redis:", "rediss:"));
            assertThat(nodes(new RedisSettings(tls, null, null, certificate, TIMEOUT, "x:")))
                    .isEqualTo(1);
            assertThatThrownBy(() -> nodes(new RedisSettings(tls, null, null, null, TIMEOUT, "x:")))
                    .hasMessageContaining("is not connected");
        }
    }

    private Path pem(String kind, byte[] content) throws Exception {
        Path file = folder.resolve(kind.replace(' ', '-') + ".pem");
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n", UTF_8);
    }

    private static void run(String command) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin");
        Process process = new ProcessBuilder((tool + File.separator + command).split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void certificatesThatCannotBeReadAreAnErrorAtTheStart() {
        RedisSettings settings = new RedisSettings(
                URI.create("rediss://127.0.0.1"), null, null, folder.resolve("none.pem"), TIMEOUT, "x:");
        assertThatThrownBy(() -> Redis.open(settings))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("none.pem");
    }

    @Test
    void withoutTheClientTheStartSaysWhatToAdd() throws Exception {
        List<URL> rest = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("lettuce")) {
                rest.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader poor = new URLClassLoader(rest.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> settings = poor.loadClass(RedisSettings.class.getName());
            Object ours = settings.getConstructors()[0].newInstance(
                    URI.create("redis://127.0.0.1"), null, null, null, TIMEOUT, "x:");
            assertThatThrownBy(() -> poor.loadClass(Redis.class.getName())
                            .getMethod("open", settings)
                            .invoke(null, ours))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessage("needs io.lettuce:lettuce-core:7.7.0.RELEASE on the class path");
        }
    }
}
