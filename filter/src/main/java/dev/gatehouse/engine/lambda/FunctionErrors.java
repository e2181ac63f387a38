package dev.gatehouse.engine.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;

/** Error documents as Amazon's Java runtime and Lambda itself write them, all {@code Unhandled}. */
final class FunctionErrors {

    private static final JsonFactory JSON = new JsonFactory();

    /** By name: the class cannot be loaded where aws-lambda-java-core is absent. */
    private static final String ADAPTERS = FunctionErrors.class.getPackageName() + ".AwsHandlers";

    private FunctionErrors() {}

    static LambdaResult thrown(Throwable thrown) {
        return document(thrown.getMessage(), thrown.getClass().getName(), thrown.getStackTrace());
    }

    static LambdaResult timedOut(String requestId, Duration after) {
        String seconds = String.format(Locale.ROOT, "%.2f", after.toMillis() / 1000.0);
        return document(
                "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds",
                "Sandbox.Timedout",
                null);
    }

    static LambdaResult answerTooLarge(int limit) {
        return document(
                "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).",
                "Function.ResponseSizeTooLarge",
                null);
    }

    private static LambdaResult document(String message, String type, StackTraceElement[] frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (message != null) {
                json.writeStringField("errorMessage", message);
            }
            json.writeStringField("errorType", type);
            if (frames != null) {
                json.writeArrayFieldStart("stackTrace");
                for (int i = 0; i < frames.length && !ours(frames[i]); i++) {
                    json.writeString(frames[i].toString());
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LambdaResult(bytes.toByteArray(), "Unhandled");
    }

    /** Frames below the function's own say nothing about the function. */
    private static boolean ours(StackTraceElement frame) {
        return frame.getClassName().startsWith(ADAPTERS)
                || frame.getClassName().startsWith(Handler.class.getName())
                || frame.getClassName().equals(RunningFunction.class.getName());
    }
}
