package dev.gatehouse.engine.lambda;

/** A function of our own making, for those who do not want Amazon's interfaces. One instance serves concurrent calls. */
@FunctionalInterface
public interface LambdaFunction {

    /**
     * @param payload the event, JSON
     * @return the answer, JSON; null counts as {@code null}
     * @throws Exception becomes a function error, as with Amazon's Java runtime
     */
    byte[] call(byte[] payload, FunctionContext context) throws Exception;
}
