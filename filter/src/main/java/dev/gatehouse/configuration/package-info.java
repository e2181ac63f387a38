/**
 * What one gateway in one application is configured to do: its documents and stages, functions, credentials, endpoints.
 *
 * <p>In: the bytes of a {@code gatehouse.yaml}, or an embedder's calls. Out: {@code GatehouseConfiguration}, or every
 * {@code Problem} of the file with its line. May import: {@code definition}, {@code identity}, {@code policy},
 * {@code limit}, {@code redis}. Must not know: servlets, OpenAPI, how anything declared here is run.
 */
package dev.gatehouse.configuration;
