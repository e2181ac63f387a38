package dev.gatehouse.engine.limit;

/** How shared counters are called. Lengths keep apart what would otherwise run into each other. */
final class CounterNames {

    private CounterNames() {}

    static String usage(String planId, String keyId) {
        return planId.length() + "/" + planId + "/" + keyId;
    }

    /** @param claim of a client's limit; not asked for others */
    static String bucket(Claim claim, Limit limit) {
        return switch (limit.level()) {
            case CLIENT -> "client/" + usage(claim.planId(), claim.keyId());
            case CLIENT_METHOD ->
                "client-method/" + claim.keyId().length() + "/" + usage(claim.planId(), claim.keyId()) + "/"
                        + limit.name();
            case METHOD -> "method/" + limit.name();
            default -> limit.name();
        };
    }
}
