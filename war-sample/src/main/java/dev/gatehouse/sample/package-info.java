/** What Harbour Books gained with the gateway: a bean that serves as a Lambda function, and one that asks for the call. */
package dev.gatehouse.sample;
