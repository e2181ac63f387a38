package dev.gatehouse.engine.lambda;

/**
 * What a function answered.
 *
 * @param payload JSON; empty where nobody waited for the answer
 * @param functionError as in {@code X-Amz-Function-Error}, such as {@code Unhandled}: the payload then tells of an error; null
 *     where the function came to its end
 * @param requestId of the call, as whoever ran the function has it; null where nobody said
 */
public record LambdaResult(byte[] payload, String functionError, String requestId) {

    public LambdaResult(byte[] payload, String functionError) {
        this(payload, functionError, null);
    }

    public static LambdaResult of(byte[] payload) {
        return new LambdaResult(payload, null);
    }

    LambdaResult named(String id) {
        return new LambdaResult(payload, functionError, id);
    }

    public boolean failed() {
        return functionError != null;
    }
}
