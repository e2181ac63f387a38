package dev.gatehouse.dataplane.observe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access log of a stage. Immutable and thread-safe.
 *
 * @param destinationArn where its lines go
 */
public record AccessLog(AccessLogFormat format, String destinationArn) {

    private static final Pattern DESTINATION =
            Pattern.compile("arn:[^:]+:(?:logs:[^:]*:[^:]*:log-group:([^:]+)(?::\\*)?"
                    + "|firehose:[^:]*:[^:]*:deliverystream/(amazon-apigateway-[^:/]+))");

    /** @throws IllegalArgumentException where the destination is none that API Gateway has, or the format is wrong */
    public static AccessLog of(String format, String destinationArn) {
        if (!DESTINATION.matcher(destinationArn).matches()) {
            throw new IllegalArgumentException(
                    "'" + destinationArn + "' is neither the ARN of a log group nor that of a"
                            + " Firehose stream whose name begins with amazon-apigateway-");
        }
        return new AccessLog(AccessLogFormat.parse(format), destinationArn);
    }

    /** The name of a log group or stream; the text itself where it is no such ARN. */
    static String name(String destinationArn) {
        Matcher arn = DESTINATION.matcher(destinationArn);
        if (!arn.matches()) {
            return destinationArn;
        }
        return arn.group(1) != null ? arn.group(1) : arn.group(2);
    }
}
