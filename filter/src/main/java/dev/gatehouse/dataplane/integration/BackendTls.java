package dev.gatehouse.dataplane.integration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * How the gateway and its backends prove to each other who they are. The name in a server's certificate must be that of the
 * address in any case. Immutable.
 *
 * @param context ready to be used
 */
public record BackendTls(SSLContext context) {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] IN_MEMORY = new char[0];

    /**
     * @param trustedCertificates PEM; null for those that the Java platform trusts
     * @param clientCertificate PEM, with those above it; null where there is none to show
     * @param clientKey its private key, PKCS #8 in PEM
     * @param anyAuthority whether a server's certificate may also lead up to an authority that nobody knows: see {@link
     *     AnyAuthority}
     * @throws IllegalArgumentException telling which part is wrong, and nothing of the key
     */
    public static BackendTls of(
            String trustedCertificates, String clientCertificate, String clientKey, boolean anyAuthority) {
        X509TrustManager trusted = trusted(trustedCertificates);
        KeyManager[] keys = clientCertificate == null ? null : keys(clientCertificate, clientKey);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {anyAuthority ? new AnyAuthority(trusted) : trusted}, null);
            return new BackendTls(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    SslContextFactory.Client factory() {
        SslContextFactory.Client factory = new SslContextFactory.Client();
        factory.setSslContext(context);
        return factory;
    }

    private static X509TrustManager trusted(String pem) {
        try {
            KeyStore store = null;
            if (pem != null) {
                store = empty();
                int count = 0;
                for (Certificate certificate : certificates("trustedCertificates", pem)) {
                    store.setCertificateEntry("trusted" + count++, certificate);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager known) {
                    return known;
                }
            }
            throw new IllegalStateException("the Java platform trusts nobody");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("trustedCertificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(String certificatePem, String keyPem) {
        List<? extends Certificate> chain = List.copyOf(certificates("clientCertificate", certificatePem));
        PrivateKey key = privateKey(keyPem, chain.get(0).getPublicKey().getAlgorithm());
        try {
            KeyStore store = empty();
            store.setKeyEntry("client", key, IN_MEMORY, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("clientCertificate cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String name, String pem) {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // said below
        }
        throw new IllegalArgumentException(
                name + " holds no certificates in PEM: -----BEGIN CERTIFICATE----- and what follows");
    }

    private static PrivateKey privateKey(String pem, String algorithm) {
        Matcher key = PRIVATE_KEY.matcher(pem);
        if (key.find()) {
            try {
                byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // said below, without a word of what is in it
            }
        }
        throw new IllegalArgumentException("clientKey holds no private key that fits the certificate: PKCS #8 in PEM,"
                + " -----BEGIN PRIVATE KEY----- and what follows");
    }
}
