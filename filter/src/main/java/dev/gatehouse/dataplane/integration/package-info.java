/**
 * What answers a call: HTTP backends, Lambda functions, AWS services, fixed answers, the application behind the filter.
 *
 * <p>In: a mapped request. Out: a backend's answer, or the reason why there is none. May import: {@code http}, {@code json},
 * {@code expression}, {@code signature}, {@code lambda}. Must not know: authorizers, templates, or how the answer is mapped.
 */
package dev.gatehouse.dataplane.integration;
