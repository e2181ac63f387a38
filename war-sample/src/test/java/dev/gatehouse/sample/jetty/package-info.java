/**
 * Arquillian's way to a Jetty 12.1: an unpacked jetty-home in a JVM of its own.
 *
 * <p>Written here because the published adapter embeds an older Jetty and puts the tests' class path into the application.
 */
package dev.gatehouse.sample.jetty;
