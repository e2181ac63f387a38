package dev.gatehouse.cdi;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a bean a Lambda function that integrations and authorizers of the gateway may call, in this process.
 *
 * <p>The class implements {@code RequestHandler} or {@code RequestStreamHandler} of {@code aws-lambda-java-core}. Without a
 * scope of its own it is application scoped: one instance serves all calls and must be safe for concurrent use. The request
 * scope is active during a call.
 */
@Documented
@Stereotype
@ApplicationScoped
@Target(TYPE)
@Retention(RUNTIME)
public @interface LambdaFunction {

    /**
     * What definitions call the function: a name of 1 to 64 letters, digits, hyphens and underscores, or a whole ARN. Each is
     * declared once.
     */
    String value();

    /** How long a call may take: 1 to 900 seconds. Lambda's default is 3. */
    int timeout() default 3;

    /** What the handler reads from its context, in MB: 128 to 10240. Nothing confines one handler of a JVM to it. */
    int memorySize() default 128;
}
