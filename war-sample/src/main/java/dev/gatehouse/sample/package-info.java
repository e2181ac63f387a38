/**
 * What Harbour Books gained with the gateway: beans that serve as Lambda functions and authorizers, keys for those who call, and
 * servlets that ask who does.
 */
package dev.gatehouse.sample;
