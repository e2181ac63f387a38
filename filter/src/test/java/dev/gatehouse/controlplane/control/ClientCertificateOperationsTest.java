package dev.gatehouse.controlplane.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.controlplane.store.Key;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;

class ClientCertificateOperationsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:01Z");

    private final InMemoryStore store = new InMemoryStore();
    private final TestControlPlane plane = TestControlPlane.on(store);

    @Test
    void theCertificateIsRealAndValidForAYear() throws Exception {
        JsonNode answer = generate();
        X509Certificate certificate = parse(answer.path("pemEncodedCertificate").textValue());

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(certificate.getSubjectX500Principal())
                .hasToString(
                        "CN=Gatehouse " + answer.path("clientCertificateId").textValue())
                .isEqualTo(certificate.getIssuerX500Principal());
        assertThat(certificate.getSerialNumber().bitLength()).isBetween(65, 127);
        assertThat(certificate.getNotBefore().toInstant().getEpochSecond())
                .isEqualTo(answer.path("createdDate").longValue());
        assertThat(certificate.getNotAfter().toInstant().getEpochSecond())
                .isEqualTo(answer.path("expirationDate").longValue());
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(365));
    }

    @Test
    void theKeptPrivateKeyIsTheOneOfTheCertificate() throws Exception {
        JsonNode answer = generate();
        X509Certificate certificate = parse(answer.path("pemEncodedCertificate").textValue());
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder()
                        .decode(keptKey(answer.path("clientCertificateId").textValue()))));

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(new byte[] {1, 2, 3});
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(new byte[] {1, 2, 3});
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void noAnswerTellsThePrivateKey() throws Exception {
        String id = generate().path("clientCertificateId").textValue();
        String key = keptKey(id);
        for (String call : new String[] {"/clientcertificates", "/clientcertificates/" + id}) {
            assertThat(text(plane.call("GET", call, ""))).contains(id).doesNotContain(key.substring(0, 64));
        }
        assertThat(text(plane.call("PATCH", "/clientcertificates/" + id, "{\"patchOperations\":[]}")))
                .contains(id)
                .doesNotContain(key.substring(0, 64));
    }

    @Test
    void thePrivateKeyGoesWithTheCertificate() throws Exception {
        String id = generate().path("clientCertificateId").textValue();
        assertThat(plane.call("DELETE", "/clientcertificates/" + id, "").status())
                .isEqualTo(202);
        assertThat(store.<Boolean>read(reading -> reading.list(ClientCertificateOperations.PRIVATE_KEY, "")
                        .isEmpty()))
                .isTrue();
    }

    @Test
    void yearsFrom2050OnAreWrittenInFull() throws Exception {
        Instant from = Instant.parse("2049-12-31T23:59:59Z");
        Instant to = Instant.parse("2050-01-01T00:00:00Z");
        X509Certificate certificate = parse(
                SelfSignedCertificate.generate("x", BigInteger.ONE, from, to).pem());
        assertThat(certificate.getNotBefore()).isEqualTo(Date.from(from));
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(to));
    }

    @Test
    void printingACertificateDoesNotPrintItsKey() {
        SelfSignedCertificate generated = SelfSignedCertificate.generate("x", BigInteger.ONE, NOW, NOW.plusSeconds(1));
        assertThat(generated.toString()).contains(generated.pem()).doesNotContain(generated.privateKey());
    }

    private JsonNode generate() throws Exception {
        ControlResponse answer = plane.call("POST", "/clientcertificates", "{}");
        assertThat(answer.status()).isEqualTo(201);
        return new ObjectMapper().readTree(answer.body());
    }

    private String keptKey(String id) throws Exception {
        String json = new RegionalStore(store, TestControlPlane.REGION)
                .read(reading -> reading.get(Key.of(ClientCertificateOperations.PRIVATE_KEY, id))
                        .orElseThrow()
                        .json());
        return new ObjectMapper().readTree(json).path("privateKey").textValue();
    }

    private static String text(ControlResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static X509Certificate parse(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
