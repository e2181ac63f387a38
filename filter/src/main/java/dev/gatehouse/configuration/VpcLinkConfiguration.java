package dev.gatehouse.configuration;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private network that integrations call into: what they name as their {@code connectionId}.
 *
 * @param id as integrations name it
 * @param targetArn links that the control plane creates for this target are this one; null for none
 * @param address where all calls go; null where the uris of integrations say it
 * @param allow what these may lead to; of no effect where there is an address
 * @param listeners where calls go whose integration names a listener, by its ARN
 * @param connectTimeout 100 ms to 30 s
 * @param tls how the gateway and its backends prove who they are
 */
public record VpcLinkConfiguration(
        String id,
        String targetArn,
        Address address,
        EndpointRules allow,
        Map<String, Address> listeners,
        Duration connectTimeout,
        Tls tls) {

    static final int MIN_TIMEOUT = 100;
    static final int MAX_TIMEOUT = 30_000;
    static final int DEFAULT_TIMEOUT = 5_000;

    static final Pattern ID = Pattern.compile("^[A-Za-z0-9_-]{1,64}$");
    static final Pattern ARN = Pattern.compile("^arn:[^:\\s]+:[^:\\s]+:[^:\\s]*:[^:\\s]*:\\S+$");
    static final Pattern ADDRESS = Pattern.compile("^(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:\\s/@?#]+)):([0-9]{1,5})$");

    /** @throws IllegalArgumentException on a part that is malformed, or a link that leads nowhere */
    public VpcLinkConfiguration {
        Check.matches("id", ID, id);
        if (targetArn != null) {
            Check.matches("targetArn", ARN, targetArn);
        }
        Objects.requireNonNull(allow, "allow");
        Objects.requireNonNull(tls, "tls");
        if ((address == null) == allow.allow().isEmpty()) {
            throw new IllegalArgumentException("a VPC link has either an address or hosts and networks to allow");
        }
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        listeners.keySet().forEach(arn -> Check.matches("listenerArn", ARN, arn));
        Check.range("connectTimeout", connectTimeout.toMillis(), MIN_TIMEOUT, MAX_TIMEOUT);
    }

    /**
     * A host and a port.
     *
     * @param host a name or an address, an IPv6 one without brackets
     */
    public record Address(String host, int port) {

        /** @throws IllegalArgumentException where it is none */
        public Address {
            addressFault(host, port).ifPresent(wrong -> {
                throw new IllegalArgumentException(host + ":" + port + " " + wrong);
            });
        }

        /** @throws IllegalArgumentException on anything but {@code host:port} */
        public static Address parse(String text) {
            Matcher parts = ADDRESS.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException('"' + text + "\" is no host and port");
            }
            return new Address(
                    parts.group(1) == null ? parts.group(2) : parts.group(1), Integer.parseInt(parts.group(3)));
        }
    }

    /**
     * Everything in PEM; null for what there is not.
     *
     * @param trustedCertificates of authorities; null for those that the Java platform trusts
     * @param clientCertificate shown to backends that ask for one, with those above it
     * @param clientKey its private key
     */
    public record Tls(String trustedCertificates, String clientCertificate, String clientKey) {

        /** What the Java platform trusts, and nothing to show. */
        public static final Tls PLATFORM = new Tls(null, null, null);

        /** @throws IllegalArgumentException on half a key pair */
        public Tls {
            if ((clientCertificate == null) != (clientKey == null)) {
                throw new IllegalArgumentException("a client certificate and its key belong together");
            }
        }

        /** Shows no key. */
        @Override
        public String toString() {
            return "Tls[...]";
        }
    }

    /** @return what is wrong with a {@code host:port}; empty where nothing is */
    static Optional<String> addressFault(String text) {
        Matcher parts = ADDRESS.matcher(text);
        return parts.matches()
                ? addressFault(
                        parts.group(1) == null ? parts.group(2) : parts.group(1), Integer.parseInt(parts.group(3)))
                : Optional.of("is no host and port: write 10.0.0.5:8443, orders.internal:443 or [fd00::5]:443");
    }

    private static Optional<String> addressFault(String host, int port) {
        if (port < 1 || port > 65535) {
            return Optional.of("has a port out of range");
        }
        return host.indexOf('/') >= 0 ? Optional.of("names a network") : EndpointRules.fault(host);
    }
}
