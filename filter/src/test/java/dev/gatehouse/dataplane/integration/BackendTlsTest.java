package dev.gatehouse.dataplane.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.dataplane.integration.JettyHttpSender.Settings;
import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final BackendTls ANY_AUTHORITY = BackendTls.of(null, null, null, true);
    private static final BackendTls PLATFORM = BackendTls.of(null, null, null, false);

    @TempDir
    private Path directory;

    @Test
    void aCertificateThatSignedItselfWillDoWhereAnyAuthorityDoes() throws Exception {
        ServerSocket server = TestCertificates.selfSigned(directory).listener();

        assertThat(outcome(server, "127.0.0.1", ANY_AUTHORITY)).isEqualTo("200");
    }

    @Test
    void aCertificateThatSignedItselfIsRefusedOtherwise() throws Exception {
        ServerSocket server = TestCertificates.selfSigned(directory).listener();

        assertThat(outcome(server, "127.0.0.1", PLATFORM)).startsWith("NETWORK").contains("PKIX path building failed");
    }

    @Test
    void theNameIsCheckedWhateverTheAuthority() throws Exception {
        ServerSocket server = TestCertificates.selfSigned(directory).listener();

        assertThat(outcome(server, "localhost", ANY_AUTHORITY))
                .startsWith("NETWORK")
                .contains("localhost");
    }

    @Test
    void timeIsCheckedWhateverTheAuthority() throws Exception {
        ServerSocket server = TestCertificates.selfSigned(directory, "-startdate", "-10d", "-validity", "5")
                .listener();

        assertThat(outcome(server, "127.0.0.1", ANY_AUTHORITY))
                .startsWith("NETWORK")
                .contains("NotAfter");
    }

    @Test
    void anAuthorityThatNobodyKnowsHasToBeThere() throws Exception {
        assertThat(outcome(TestCertificates.ofAuthority(directory, true).listener(), "127.0.0.1", ANY_AUTHORITY))
                .isEqualTo("200");
    }

    @Test
    void withoutItsAuthorityACertificateIsRefused() throws Exception {
        assertThat(outcome(TestCertificates.ofAuthority(directory, false).listener(), "127.0.0.1", ANY_AUTHORITY))
                .startsWith("NETWORK")
                .contains("does not end in one that signed itself");
    }

    @Test
    void ownAuthoritiesAreTrustedInsteadOfThePlatforms() throws Exception {
        TestCertificates backend = TestCertificates.selfSigned(directory);
        BackendTls own = BackendTls.of(backend.certificatePem(), null, null, false);

        assertThat(outcome(backend.listener(), "127.0.0.1", own)).isEqualTo("200");
    }

    @Test
    void aBackendThatAsksIsShownTheClientsCertificate() throws Exception {
        TestCertificates both = TestCertificates.selfSigned(directory);
        BackendTls showing = BackendTls.of(both.certificatePem(), both.certificatePem(), both.keyPem(), false);
        BackendTls silent = BackendTls.of(both.certificatePem(), null, null, false);

        assertThat(outcome(both.listener(both), "127.0.0.1", showing)).isEqualTo("200");
        assertThat(outcome(both.listener(both), "127.0.0.1", silent)).startsWith("NETWORK");
    }

    @Test
    void whatIsNoCertificateOrKeyIsNamedAndNotShown() throws Exception {
        TestCertificates some = TestCertificates.selfSigned(directory);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendTls.of("hello", null, null, false))
                .withMessageStartingWith("trustedCertificates holds no certificates in PEM");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendTls.of(null, some.certificatePem(), "secret", false))
                .withMessageStartingWith("clientKey holds no private key")
                .withMessageNotContaining("secret");
    }

    @Test
    void aFixedAddressIsCalledWhateverTheHost() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                JettyHttpSender fixed = JettyHttpSender.start(Settings.defaults()
                        .withAdmissible((host, address) -> false)
                        .withAddress(
                                InetSocketAddress.createUnresolved(
                                        "127.0.0.1", server.uri("/").getPort()),
                                Duration.ofSeconds(20)))) {
            URI nobody = URI.create("http://orders.invalid:81/x");

            assertThat(outcome(fixed, nobody)).isEqualTo("200");
            assertThat(server.received()).startsWith("GET /x HTTP/1.1\r\nHost: orders.invalid:81\r\n");
        }
    }

    @Test
    void aClientThatLeavesEndsWithItsLastCall() throws Exception {
        JettyHttpSender leaving = JettyHttpSender.start(Settings.defaults());
        try (PatientBackend backend = new PatientBackend(2)) {
            var first = leaving.send(get(backend.uri())).toCompletableFuture();
            leaving.closeWhenIdle();
            var second = leaving.send(get(backend.uri())).toCompletableFuture();

            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(second.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    private static String outcome(ServerSocket listener, String host, BackendTls tls) throws Exception {
        try (RawServer server = RawServer.answering(listener, OK);
                JettyHttpSender sender = JettyHttpSender.start(Settings.defaults(), tls)) {
            return outcome(
                    sender, URI.create("https://" + host + ":" + server.uri("/").getPort() + "/"));
        }
    }

    private static String outcome(JettyHttpSender sender, URI uri) throws Exception {
        var reply = sender.send(get(uri)).toCompletableFuture();
        Throwable thrown = catchThrowable(() -> reply.get(20, TimeUnit.SECONDS));
        if (thrown == null) {
            return Integer.toString(reply.join().status());
        }
        Reason reason = ((BackendException) thrown.getCause()).reason();
        return reason + " " + thrown.getCause().getMessage();
    }

    private static BackendRequest get(URI uri) {
        return new BackendRequest("GET", uri, Headers.EMPTY, new byte[0], Duration.ofSeconds(20));
    }
}
