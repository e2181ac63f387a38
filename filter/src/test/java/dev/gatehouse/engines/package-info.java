/**
 * The gateway against services that are real: DynamoDB Local, ElasticMQ and S3Mock, each in a process of its own. Runs in
 * {@code mvn verify}; {@code src/it/engines} has their class paths and their main classes.
 */
package dev.gatehouse.engines;
