/**
 * A gateway by itself: no application behind it, no API in a file. In: variables of the environment. Out: a gateway in the
 * servlet context, for the filter and the servlet of web.xml. May import the gateway's root package. Must not know how anything
 * is served.
 */
package dev.gatehouse.gateway;
