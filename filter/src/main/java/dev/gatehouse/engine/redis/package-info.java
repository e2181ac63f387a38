/**
 * What the nodes of a cluster have in common: Redis, or Valkey, through lettuce.
 *
 * <p>In: orders of a node. Out: receipts, by one script for each order. May import: {@code limit}. Must not know: requests, APIs, keys'
 * values, what becomes of a call while nobody answers.
 */
package dev.gatehouse.engine.redis;
