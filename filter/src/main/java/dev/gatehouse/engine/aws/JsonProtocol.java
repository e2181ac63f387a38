package dev.gatehouse.engine.aws;

import java.util.Map;
import java.util.Optional;

/**
 * Services whose operation stands in a header and that API Gateway knows by name: it adds the header itself (recorded for
 * DynamoDB, Kinesis and Step Functions). All others need a mapping of {@code X-Amz-Target}, as recorded for EventBridge.
 *
 * @param targetPrefix of {@code X-Amz-Target}, before the action
 * @param contentType of requests
 */
public record JsonProtocol(String targetPrefix, String contentType) {

    private static final Map<String, JsonProtocol> BY_SERVICE = Map.of(
            "dynamodb", new JsonProtocol("DynamoDB_20120810", "application/x-amz-json-1.0"),
            "kinesis", new JsonProtocol("Kinesis_20131202", "application/x-amz-json-1.1"),
            "firehose", new JsonProtocol("Firehose_20150804", "application/x-amz-json-1.1"),
            "states", new JsonProtocol("AWSStepFunctions", "application/x-amz-json-1.0"));

    /** @param service name in host names */
    public static Optional<JsonProtocol> of(String service) {
        return Optional.ofNullable(BY_SERVICE.get(service));
    }

    /** The value of {@code X-Amz-Target}. */
    public String target(String action) {
        return targetPrefix + "." + action;
    }
}
