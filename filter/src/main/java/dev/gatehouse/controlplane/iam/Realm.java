package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.control.Home;
import dev.gatehouse.controlplane.control.Signatories;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Predicate;

/**
 * The account whose users are kept here. Thread-safe.
 *
 * @param kept null where there is no store that users may be kept in
 * @param signatories who may call
 * @param declares whether the configuration has a user of that name, in small letters
 */
record Realm(Home home, StoredIdentities kept, Signatories signatories, Predicate<String> declares) {

    /** Of a number in base 32 as IAM has it (IAM user guide, "Unique identifiers", and what its ids look like). */
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final int SECRET_BYTES = 30;

    /** @param pathAndName begins with a slash */
    String arn(String pathAndName) {
        return arn(home, pathAndName);
    }

    static String arn(Home home, String pathAndName) {
        return "arn:" + Home.partition(home.region()) + ":iam::" + home.accountId() + ":user" + pathAndName;
    }

    long now() {
        return home.now().getEpochSecond();
    }

    String newId(String prefix, int digits) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < digits; i++) {
            id.append(DIGITS.charAt((int) (home.random().getAsLong() >>> 59)));
        }
        return id.toString();
    }

    /** 240 bits that nobody can guess, in 40 characters. */
    String newSecret() {
        ByteBuffer bits = ByteBuffer.allocate(4 * Long.BYTES);
        while (bits.hasRemaining()) {
            bits.putLong(home.random().getAsLong());
        }
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bits.array(), SECRET_BYTES));
    }
}
