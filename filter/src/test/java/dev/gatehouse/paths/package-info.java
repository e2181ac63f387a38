/**
 * The oracle of paths: a list of targets, an application that tells how it was asked, and a judge of both.
 *
 * <p>In: {@code paths/targets.txt} and the address of a gateway that serves {@code paths/declared.yaml} or {@code
 * paths/passing.yaml} before a {@link dev.gatehouse.paths.PathWitness}. Out: a count of what was accepted and refused, and every
 * disagreement. May import: the JDK and servlets, as it is also put into WARs. Must not know: the gateway's own classes.
 */
package dev.gatehouse.paths;
