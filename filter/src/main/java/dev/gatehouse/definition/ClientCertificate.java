package dev.gatehouse.definition;

import java.time.Instant;
import java.util.Map;

/**
 * A certificate that the gateway shows to backends. Scalars but the id may be null.
 */
public record ClientCertificate(
        String clientCertificateId,
        String description,
        String pemEncodedCertificate,
        Instant createdDate,
        Instant expirationDate,
        Map<String, String> tags) {

    public ClientCertificate {
        tags = Frozen.map(tags);
    }
}
