/**
 * Who may sign requests: users, sessions of roles, and account roots, with what their own policies allow them.
 *
 * <p>In: access keys, ARNs, tags, compiled policies. Out: an {@link dev.gatehouse.engine.identity.Identity}, found by an access
 * key. May import: {@code policy}, {@code signature}. Must not know: what the identity asks for, or where it is declared.
 */
package dev.gatehouse.engine.identity;
