/**
 * The policy language of AWS Identity and Access Management.
 *
 * <p>In: the text of a policy; later a question: who wants to do what with which resource, under which circumstances. Out: allow,
 * explicit deny or no opinion, with the statement that decided; or every problem of the text. May import: nothing of ours. Must
 * not know: which service asks, where policies are attached, or how the decisions of several policies are combined.
 */
package dev.gatehouse.engine.policy;
