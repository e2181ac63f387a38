package dev.gatehouse.dataplane.observe;

import org.slf4j.LoggerFactory;

/** Where access logs go. Called once for each call, on the thread that answers it: must be thread-safe and must not wait. */
@FunctionalInterface
public interface AccessLogSink {

    /**
     * @param destinationArn what the stage names: a log group or a Firehose stream
     * @param line one line without its end
     */
    void write(String destinationArn, String line);

    /**
     * One logger for each destination, at level INFO. It has the name of the log group or stream, without the rest of the ARN.
     */
    static AccessLogSink toLoggers() {
        return (destinationArn, line) ->
                LoggerFactory.getLogger(AccessLog.name(destinationArn)).info("{}", line);
    }
}
