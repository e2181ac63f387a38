/**
 * How often somebody may: token buckets, those that all share on Resilience4j, and the ledger of quotas.
 *
 * <p>In: rates, quotas, and who asks. Out: a verdict, and what is left. May import: {@code table}, {@code jdbc}. Must not know: requests,
 * APIs, keys' values.
 */
package dev.gatehouse.engine.limit;
