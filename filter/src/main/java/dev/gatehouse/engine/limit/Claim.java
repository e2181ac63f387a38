package dev.gatehouse.engine.limit;

/**
 * As whom a call wants to be counted.
 *
 * @param planId of the usage plan
 * @param keyId of the API key; never its value
 * @param quota null for none
 * @param method a limit of the plan for the method; null for none
 * @param client a limit of the plan for the key; null for none
 */
public record Claim(String planId, String keyId, Quota quota, Limit method, Limit client) {}
