package dev.gatehouse.engine.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a handler of Amazon's kind is told about its call. */
record AwsContext(FunctionContext context) implements Context {

    @Override
    public String getAwsRequestId() {
        return context.requestId();
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + getFunctionName();
    }

    @Override
    public String getLogStreamName() {
        return "[" + getFunctionVersion() + "]in-process";
    }

    @Override
    public String getFunctionName() {
        return context.function().name();
    }

    @Override
    public String getFunctionVersion() {
        return context.version();
    }

    @Override
    public String getInvokedFunctionArn() {
        return context.function().toString();
    }

    /** An identity that knows nobody: no mobile client calls a function in this process. */
    @Override
    public CognitoIdentity getIdentity() {
        return Nobody.IDENTITY;
    }

    @Override
    public ClientContext getClientContext() {
        return context.clientContext() == null ? null : AwsClientContext.parse(context.clientContext());
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.min(Integer.MAX_VALUE, context.remaining().toMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return context.memoryLimitInMb();
    }

    /** Writes to the logger {@code lambda.{function name}}, level info. */
    @Override
    public LambdaLogger getLogger() {
        return new Slf4jLogger(LoggerFactory.getLogger("lambda." + getFunctionName()));
    }

    private enum Nobody implements CognitoIdentity {
        IDENTITY;

        @Override
        public String getIdentityId() {
            return null;
        }

        @Override
        public String getIdentityPoolId() {
            return null;
        }
    }

    private record Slf4jLogger(Logger logger) implements LambdaLogger {

        @Override
        public void log(String message) {
            logger.info("{}", message);
        }

        @Override
        public void log(byte[] message) {
            log(new String(message, StandardCharsets.UTF_8));
        }
    }
}
