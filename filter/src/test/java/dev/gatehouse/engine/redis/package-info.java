/** Tests of what nodes have in common, on a server that they start themselves. */
package dev.gatehouse.engine.redis;
