package dev.gatehouse.engine.identity;

import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;

/** Unique ids for those who were given none: made from the ARN, so that all keys of a user, on all nodes, have the same. */
public final class UserIds {

    private UserIds() {}

    /** In Amazon's form (AWS Identity and Access Management user guide, "Unique identifiers"). */
    public static String of(PrincipalArn principal) {
        if (principal.kind() == Kind.ROOT) {
            return principal.account();
        }
        return principal.kind() == Kind.USER
                ? "AIDA" + digest(principal.arn())
                : "AROA" + digest(principal.issuer()) + ":" + principal.name();
    }

    /** 17 digits and capital letters. */
    private static String digest(String arn) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(arn.getBytes(StandardCharsets.UTF_8));
            String text = new BigInteger(1, hash).toString(32).toUpperCase(Locale.ROOT);
            return "0".repeat(17).concat(text).substring(text.length());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
