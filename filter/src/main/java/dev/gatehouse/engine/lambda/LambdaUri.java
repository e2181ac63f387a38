package dev.gatehouse.engine.lambda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The uri by which an integration or an authorizer names its function: {@code
 * arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations}; {@code path//2015-03-31} is the
 * same. Source: API Gateway API reference, PutIntegration, and recordings.
 *
 * @param region where the Lambda service is called
 * @param function which one
 * @param streaming whether the uri names the streaming operation ({@code 2021-11-15}, {@code response-streaming-invocations})
 */
public record LambdaUri(String region, FunctionName function, boolean streaming) {

    private static final Pattern SERVICE =
            Pattern.compile("arn:aws[a-z-]*:apigateway:(?<region>[^:]*):lambda:(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final Pattern OPERATION = Pattern.compile(
            "path//?(?<version>[^/]*)/functions/(?<function>[^/]*)/(?<operation>[^/]*)", Pattern.DOTALL);

    /** Whether that uri is meant for Lambda, well-formed or not. */
    public static boolean isLambda(String uri) {
        return SERVICE.matcher(uri).matches();
    }

    /** @throws IllegalArgumentException telling which part is wrong */
    public static LambdaUri parse(String uri) {
        Matcher service = SERVICE.matcher(uri);
        require(
                service.matches(),
                "uri must be arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations, but is ",
                uri);
        require(
                REGION.matcher(service.group("region")).matches(),
                "region is missing or malformed in Lambda uri: ",
                uri);
        Matcher operation = OPERATION.matcher(service.group("rest"));
        require(
                operation.matches(),
                "Lambda uri must end in path/2015-03-31/functions/{functionArn}/invocations, but is ",
                uri);
        return new LambdaUri(
                service.group("region"), function(operation.group("function"), uri), streaming(operation, uri));
    }

    private static FunctionName function(String text, String uri) {
        try {
            return FunctionName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", in Lambda uri: " + uri, e);
        }
    }

    private static boolean streaming(Matcher operation, String uri) {
        String pair = operation.group("version") + " " + operation.group("operation");
        require(
                pair.equals("2015-03-31 invocations") || pair.equals("2021-11-15 response-streaming-invocations"),
                "Lambda uri must name 2015-03-31 and invocations, or 2021-11-15 and response-streaming-invocations: ",
                uri);
        return pair.startsWith("2021");
    }

    private static void require(boolean holds, String message, String uri) {
        if (!holds) {
            throw new IllegalArgumentException(message + uri);
        }
    }
}
