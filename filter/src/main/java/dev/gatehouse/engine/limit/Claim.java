package dev.gatehouse.engine.limit;

import java.util.List;

/**
 * As whom a call wants to be counted.
 *
 * @param planId of the usage plan
 * @param keyId of the API key; never its value
 * @param quota null for none
 * @param method a limit of the plan for the method; null for none
 * @param client a limit of the plan for the key; null for none
 * @param terms on which the nodes of a cluster count it; null for those of the gateway
 */
public record Claim(String planId, String keyId, Quota quota, Limit method, Limit client, Terms terms) {

    /** On the terms of the gateway. */
    public Claim(String planId, String keyId, Quota quota, Limit method, Limit client) {
        this(planId, keyId, quota, method, client, null);
    }

    /** What a node has of it. */
    Claim share(Share share) {
        return new Claim(planId, keyId, quota, share.of(method), share.of(client), terms);
    }

    /** The limits of the plan, in the order in which they refuse. */
    List<Limit> own() {
        if (method == null) {
            return client == null ? List.of() : List.of(client);
        }
        return client == null ? List.of(method) : List.of(method, client);
    }
}
