package dev.gatehouse.dataplane.snapshot;

/**
 * What the execution log tells of a method's calls. Source: API Gateway developer guide, "CloudWatch logging".
 *
 * @param level which calls
 * @param dataTrace whether headers, bodies and backend addresses are told, too
 */
public record Logging(Level level, boolean dataTrace) {

    public static final Logging OFF = new Logging(Level.OFF, false);

    public enum Level {
        OFF,
        /** Failed calls only. */
        ERROR,
        /** Every call. */
        INFO
    }
}
