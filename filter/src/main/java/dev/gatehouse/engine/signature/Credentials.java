package dev.gatehouse.engine.signature;

import java.util.Objects;

/**
 * Who signs.
 *
 * @param accessKeyId public, ends in the request
 * @param secretAccessKey never leaves this process
 * @param sessionToken of temporary credentials; null for long-term ones
 */
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {

    public Credentials {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(secretAccessKey, "secretAccessKey");
    }

    /** Long-term credentials. */
    public static Credentials of(String accessKeyId, String secretAccessKey) {
        return new Credentials(accessKeyId, secretAccessKey, null);
    }

    /** The access key only: this text ends in logs. */
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
