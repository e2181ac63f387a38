package dev.gatehouse;

import dev.gatehouse.controlplane.openapi.IdSource;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids that look like Amazon's and stay the same as long as what they name does, over restarts and nodes. */
final class StableIds {

    private StableIds() {}

    /** Ids for the parts of a declared API. */
    static IdSource of(String restApiId) {
        return (kind, name) -> id(10, (restApiId + '\n' + kind + '\n' + name).getBytes(StandardCharsets.UTF_8));
    }

    /** The id of the deployment of exactly this document. */
    static String ofContent(byte[] document) {
        return id(6, document);
    }

    private static String id(int length, byte[] content) {
        try {
            BigInteger digest =
                    new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(content));
            String text = digest.toString(36);
            return text.substring(text.length() - length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
