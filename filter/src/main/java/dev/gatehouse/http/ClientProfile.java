package dev.gatehouse.http;

/**
 * By which of a gateway's clients a backend is called.
 *
 * @param vpcLink id of the VPC link in the configuration; null for calls without one
 * @param listener ARN of the listener behind the link; null for the way that the link itself goes
 * @param anyAuthority whether certificates of authorities that nobody knows will do ({@code
 *     tlsConfig.insecureSkipVerification})
 */
public record ClientProfile(String vpcLink, String listener, boolean anyAuthority) {

    /** No link, and certificates that the Java platform trusts. */
    public static final ClientProfile INTERNET = new ClientProfile(null, null, false);

    public ClientProfile {
        if (vpcLink == null && listener != null) {
            throw new IllegalArgumentException("a listener is behind a VPC link: " + listener);
        }
    }
}
