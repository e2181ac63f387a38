/**
 * Identities that are kept in the store, and the part of IAM's API, version 2010-05-08, that manages them: users, their access keys and their
 * inline policies.
 *
 * <p>In: calls that are signed for {@code iam}. Out: XML answers, and an {@code IdentitySource} that knows at each moment whom the kept
 * access keys stand for. May import: {@code http}, {@code store}, {@code control}, {@code signature}, {@code policy}, {@code identity}.
 * Must not know: which identities there are elsewhere, and what they sign.
 */
package dev.gatehouse.controlplane.iam;
