/**
 * Harbour Books, a small shop: catalogue, basket, orders and a few pages.
 *
 * <p>It knows nothing of a gateway and would run the same without one; what came with the gateway is in
 * {@code dev.gatehouse.sample}.
 */
package org.example.harbourbooks;
