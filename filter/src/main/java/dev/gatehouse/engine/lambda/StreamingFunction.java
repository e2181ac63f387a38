package dev.gatehouse.engine.lambda;

import java.io.OutputStream;

/**
 * A function of our own making that answers bit by bit, for those who do not want Amazon's interfaces. One instance serves concurrent
 * calls.
 */
@FunctionalInterface
public interface StreamingFunction {

    /**
     * @param payload the event, JSON
     * @param answer what is written to it leaves at once where the call streams; where the client is slower, writing waits. It fails once
     *     nobody reads any more, and need neither be flushed nor closed
     * @throws Exception becomes a function error, as with Amazon's Java runtime
     */
    void call(byte[] payload, OutputStream answer, FunctionContext context) throws Exception;
}
