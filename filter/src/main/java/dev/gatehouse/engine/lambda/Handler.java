package dev.gatehouse.engine.lambda;

import java.io.ByteArrayOutputStream;

/**
 * What a function of this process can do.
 *
 * @param whole answers in one piece
 * @param streaming answers bit by bit; null where an answer is one value, which has no bits
 */
record Handler(LambdaFunction whole, StreamingFunction streaming) {

    /** Its answers are values, written as JSON. */
    static Handler ofValues(LambdaFunction function) {
        return new Handler(function, null);
    }

    /** Its answers are bytes, of whatever kind. */
    static Handler ofBytes(LambdaFunction function) {
        return new Handler(function, (payload, answer, context) -> {
            byte[] bytes = function.call(payload, context);
            if (bytes != null) {
                answer.write(bytes);
            }
        });
    }

    static Handler ofBits(StreamingFunction function) {
        LambdaFunction whole = (payload, context) -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            function.call(payload, answer, context);
            return answer.toByteArray();
        };
        return new Handler(whole, function);
    }
}
