package dev.gatehouse.controlplane.control;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What the control plane knows of where it runs. Thread-safe.
 *
 * @param accountId 12 digits, as in error texts and ARNs
 * @param region as in ARNs; of the whole control plane the one of the gateway, of a call the one that it was signed for
 * @param random 64 bits each time that nobody can guess: API keys come from them; must be thread-safe
 */
public record Home(String accountId, String region, InstantSource clock, LongSupplier random) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    public Home {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
    }

    /** The same account in another region. */
    Home in(String otherRegion) {
        return otherRegion.equals(region) ? this : new Home(accountId, otherRegion, clock, random);
    }

    /** What ARNs of a region begin with. AWS General Reference, "Amazon Resource Names". */
    public static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** To the second, as precise as the wire. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** An identifier in Amazon's alphabet: lower case letters and digits. */
    String newId(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt((int) Math.floorMod(random.getAsLong() >>> 16, (long) ALPHABET.length())));
        }
        return id.toString();
    }
}
