/**
 * JSON Web Tokens signed with RS256, and the key sets that prove them.
 *
 * <p>In: a compact token, the issuers that are trusted, and where each publishes its keys. Out: the claims, or why the token
 * proves nothing. May import: {@code http}, {@code json}. Must not know: what the claims are good for, or who asks.
 */
package dev.gatehouse.engine.token;
