/**
 * Gatehouse among the beans of an application; everything works without it, too.
 *
 * <p>In: beans and annotations of the application. Out: the gateway as a bean, functions and settings for the gateway, and all
 * mistakes together as deployment problems. May import: the root, {@code servlet}, {@code definition}, {@code configuration},
 * {@code http}. Must not know: how a call is served.
 */
package dev.gatehouse.cdi;
