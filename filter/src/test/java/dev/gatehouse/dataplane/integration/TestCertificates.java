package dev.gatehouse.dataplane.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates for 127.0.0.1, and no other name, made by the keytool of this JDK. */
record TestCertificates(KeyStore keys) {

    private static final String PASSWORD = "changeit";

    /** @param more such as {@code -startdate} and {@code -10d} */
    static TestCertificates selfSigned(Path directory, String... more) throws Exception {
        Path file = directory.resolve("keys.p12");
        generate(file, "backend", more);
        return new TestCertificates(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    /**
     * Signed by an authority that signed itself.
     *
     * @param withAuthority whether the server shows the authority's certificate, too
     */
    static TestCertificates ofAuthority(Path directory, boolean withAuthority) throws Exception {
        Path file = directory.resolve("signed.p12");
        generate(file, "authority", "-ext", "bc:c");
        generate(file, "backend", "-signer", "authority");
        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        Certificate leaf = keys.getCertificate("backend");
        Certificate authority = keys.getCertificate("authority");
        KeyStore shown = KeyStore.getInstance("PKCS12");
        shown.load(null, null);
        shown.setKeyEntry(
                "backend",
                keys.getKey("backend", PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                withAuthority ? new Certificate[] {leaf, authority} : new Certificate[] {leaf});
        return new TestCertificates(shown);
    }

    private static void generate(Path file, String alias, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    /** A server that shows these, and asks for nothing. */
    ServerSocket listener() throws Exception {
        return listener(null);
    }

    /** @param clients whom the server wants to see; null for nobody */
    ServerSocket listener(TestCertificates clients) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (clients != null) {
            KeyStore wanted = KeyStore.getInstance("PKCS12");
            wanted.load(null, null);
            wanted.setCertificateEntry("client", clients.keys.getCertificate("backend"));
            trust.init(wanted);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), clients == null ? null : trust.getTrustManagers(), null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(clients != null);
        return socket;
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", keys.getCertificate("backend").getEncoded());
    }

    String keyPem() throws GeneralSecurityException, IOException {
        return pem("PRIVATE KEY", keys.getKey("backend", PASSWORD.toCharArray()).getEncoded());
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }
}
