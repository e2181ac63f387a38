package dev.gatehouse.engine.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Amazon's handler interfaces as functions of ours. Only this class and its context touch aws-lambda-java-core, so that the
 * rest works without it.
 */
final class AwsHandlers {

    /** As lenient as Amazon's own runtime for Java, see its JSON settings in aws-lambda-java-libs. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.USE_STD_BEAN_NAMING)
            .enable(
                    DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT,
                    DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT,
                    DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL,
                    DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private AwsHandlers() {}

    /** @throws IllegalArgumentException telling why that class is no handler */
    static Handler adapt(Supplier<?> handler, Class<?> type) {
        boolean stream = RequestStreamHandler.class.isAssignableFrom(type);
        boolean typed = RequestHandler.class.isAssignableFrom(type);
        if (stream && typed) {
            throw new IllegalArgumentException(
                    type.getName() + " is both a RequestHandler and a RequestStreamHandler: which one to call is open");
        }
        if (stream) {
            return Handler.ofBits((payload, answer, context) -> ((RequestStreamHandler) handler.get())
                    .handleRequest(new ByteArrayInputStream(payload), answer, new AwsContext(context)));
        }
        if (typed) {
            ObjectReader input = MAPPER.readerFor(inputType(type));
            return Handler.ofValues((payload, context) -> typed(handler.get(), input, payload, context));
        }
        throw new IllegalArgumentException(
                type.getName()
                        + " is neither a LambdaFunction nor a StreamingFunction nor a RequestHandler nor a RequestStreamHandler");
    }

    private static JavaType inputType(Class<?> type) {
        JavaType declared = MAPPER.constructType(type).findSuperType(RequestHandler.class);
        if (declared.containedTypeCount() != 2) {
            throw new IllegalArgumentException("input type of " + type.getName()
                    + " cannot be told: declare a class that implements RequestHandler<Input, Output>");
        }
        return declared.containedType(0);
    }

    private static byte[] typed(Object handler, ObjectReader input, byte[] payload, FunctionContext context) {
        @SuppressWarnings("unchecked")
        RequestHandler<Object, Object> typed = (RequestHandler<Object, Object>) handler;
        Object answer = typed.handleRequest(read(input, payload), new AwsContext(context));
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (IOException e) {
            throw new RuntimeException("An error occurred during JSON serialization of response: " + e.getMessage(), e);
        }
    }

    private static Object read(ObjectReader input, byte[] payload) {
        try {
            return input.readValue(payload);
        } catch (IOException e) {
            throw new RuntimeException("An error occurred during JSON parsing: " + e.getMessage(), e);
        }
    }
}
