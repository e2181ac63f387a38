/** An application in WildFly that leaves it to annotations who may do what: added to the sample by a test. */
package dev.gatehouse.sample.wildfly;
