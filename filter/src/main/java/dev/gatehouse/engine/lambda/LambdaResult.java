package dev.gatehouse.engine.lambda;

/**
 * What a function answered.
 *
 * @param payload JSON; empty where nobody waited for the answer
 * @param functionError as in {@code X-Amz-Function-Error}, such as {@code Unhandled}: the payload then tells of an error; null
 *     where the function came to its end
 */
public record LambdaResult(byte[] payload, String functionError) {

    public static LambdaResult of(byte[] payload) {
        return new LambdaResult(payload, null);
    }

    public boolean failed() {
        return functionError != null;
    }
}
