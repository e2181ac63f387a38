package dev.gatehouse.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.gatehouse.cdi.LambdaFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A function that breaks off in the middle of its answer. */
@LambdaFunction(value = "torn-page", timeout = 60)
public class TornPage implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        answer.write(("{}" + "\0".repeat(8) + "Call me").getBytes(StandardCharsets.UTF_8));
        throw new IllegalStateException("the rest is torn off");
    }
}
