/**
 * Who may call: a method's access, compiled at deployment, and a question about one call lead to a decision.
 *
 * <p>In: a call as far as it is known. Out: a {@code Decision}: go on, with what is known of the caller, or a refusal in Amazon's
 * words. May import: {@code http}, {@code expression}, {@code policy}, {@code signature}, {@code identity}, {@code token}, {@code
 * lambda}, {@code json}, {@code pattern}. Must not know: definitions, the flow, gateway responses.
 */
package dev.gatehouse.dataplane.authorizer;
