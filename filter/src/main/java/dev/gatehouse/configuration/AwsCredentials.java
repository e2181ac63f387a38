package dev.gatehouse.configuration;

import java.util.Objects;

/**
 * A key pair that outgoing calls are signed with. Its text form shows no secret.
 *
 * @param accessKeyId never null or empty
 * @param secretAccessKey never null or empty
 * @param sessionToken null for a long-term key
 */
public record AwsCredentials(String accessKeyId, String secretAccessKey, String sessionToken) {

    /** @throws IllegalArgumentException where a part is empty */
    public AwsCredentials {
        requireText("accessKeyId", accessKeyId);
        requireText("secretAccessKey", secretAccessKey);
        if (sessionToken != null) {
            requireText("sessionToken", sessionToken);
        }
    }

    private static void requireText(String name, String value) {
        if (Objects.requireNonNull(value, name).isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    @Override
    public String toString() {
        return "AwsCredentials[accessKeyId=" + accessKeyId + ", secretAccessKey=***"
                + (sessionToken == null ? "]" : ", sessionToken=***]");
    }
}
