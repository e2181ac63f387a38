package dev.gatehouse.dataplane.integration;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/**
 * {@code insecureSkipVerification}: which authority a certificate comes from does not count; all else does. It must be in its
 * time, each certificate signed by the next one, and the last one by itself: an authority has to be there, although nobody
 * knows it. The name is checked by the TLS engine, which does so for every trust manager of this kind. Source: API Gateway API reference,
 * TlsConfig.
 */
final class AnyAuthority implements X509TrustManager {

    private final X509TrustManager known;

    /** @param known what they trust is trusted anyway */
    AnyAuthority(X509TrustManager known) {
        this.known = known;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            known.checkServerTrusted(chain, authType);
        } catch (CertificateException unknown) {
            checkUnknown(List.of(chain));
        }
    }

    private static void checkUnknown(List<X509Certificate> chain) throws CertificateException {
        X509Certificate root = chain.get(chain.size() - 1);
        for (X509Certificate certificate : chain) {
            certificate.checkValidity();
        }
        try {
            root.verify(root.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the chain of certificates does not end in one that signed itself", e);
        }
        if (chain.size() > 1) {
            try {
                PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
                rules.setRevocationEnabled(false);
                CertPathValidator.getInstance("PKIX")
                        .validate(
                                CertificateFactory.getInstance("X.509")
                                        .generateCertPath(chain.subList(0, chain.size() - 1)),
                                rules);
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the chain of certificates is broken: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return known.getAcceptedIssuers();
    }
}
