package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ConnectionType;
import dev.gatehouse.definition.ContentHandlingStrategy;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.PassthroughBehavior;
import dev.gatehouse.definition.ResponseTransferMode;
import dev.gatehouse.definition.TlsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an integration may look like, and what of it an update may change. Texts are recorded. */
final class IntegrationRules {

    private static final Pattern SERVICE = Pattern.compile("arn:aws[a-z-]*:apigateway:[^:]*:(?<service>[^:]*):.*");
    private static final Pattern LAMBDA =
            Pattern.compile("arn:aws[a-z-]*:apigateway:[^:]*:lambda:path//?[^/]+/functions/"
                    + "(arn:aws[a-z-]*:lambda:[^:]*:[^:]*:function:[^/]+|[^/]*\\$\\{stageVariables\\.[^/]+)"
                    + "/(invocations|response-streaming-invocations)");

    private static final int SHORTEST = 50;
    private static final int LONGEST_EDGE = 29_000;
    private static final int LONGEST = 300_000;
    private static final int LONGEST_STREAM = 900_000;

    static final Patch<Integration> PATCH = Patch.<Integration>of(Patch.PLAIN)
            .on("add replace remove", "/cacheKeyParameters/*", IntegrationRules::cacheKeyParameter)
            .on("replace", "/cacheNamespace", (one, op) -> one.with(draft -> draft.cacheNamespace = op.valueOrNull()))
            .on("replace", "/connectionId", (one, op) -> one.with(draft -> draft.connectionId = op.valueOrNull()))
            .on(
                    "replace",
                    "/connectionType",
                    (one, op) -> one.with(draft ->
                            draft.connectionType = constant(ConnectionType.class, op.value(), "connectionType")))
            .on(
                    "replace",
                    "/contentHandling",
                    (one, op) -> one.with(draft -> draft.contentHandling =
                            constant(ContentHandlingStrategy.class, op.valueOrNull(), "contentHandling")))
            .on(
                    "replace",
                    "/passthroughBehavior",
                    (one, op) -> one.with(draft -> draft.passthroughBehavior = passthrough(op.value())))
            .on("replace", "/credentials", (one, op) -> one.with(draft -> draft.credentials = op.valueOrNull()))
            .on(
                    "replace",
                    "/integrationTarget",
                    (one, op) -> one.with(draft -> draft.integrationTarget = op.valueOrNull()))
            .on(
                    "replace",
                    "/responseTransferMode",
                    (one, op) -> one.with(draft -> draft.responseTransferMode =
                            constant(ResponseTransferMode.class, op.value(), "responseTransferMode")))
            .on("replace", "/httpMethod", (one, op) -> one.with(draft -> draft.httpMethod = op.valueOrNull()))
            .on("replace", "/uri", (one, op) -> one.with(draft -> draft.uri = op.valueOrNull()))
            .on(
                    "replace",
                    "/timeoutInMillis",
                    (one, op) -> one.with(draft -> draft.timeoutInMillis = timeout(op.value())))
            .on(
                    "replace",
                    "/tlsConfig/insecureSkipVerification",
                    (one, op) -> one.with(draft -> draft.tlsConfig = new TlsConfig(op.flag())))
            .on("add replace remove", "/requestParameters/*", (one, op) -> {
                Map<String, String> after =
                        Maps.patched(one.requestParameters(), op, op.value(), MethodOperations.UNKNOWN_PARAMETER);
                return one.with(draft -> draft.requestParameters = after);
            })
            .on("add replace remove", "/requestTemplates/*", (one, op) -> {
                Map<String, String> after =
                        Maps.patched(one.requestTemplates(), op, op.value(), MethodOperations.UNKNOWN_CONTENT_TYPE);
                return one.with(draft -> draft.requestTemplates = after);
            });

    private IntegrationRules() {}

    /** @return the integration without what its type has no use for */
    static Integration checked(Integration integration, ApiDefinition api) {
        checkTimeout(integration, api);
        checkTransferMode(integration);
        checkContentTypes(integration.requestTemplates().keySet());
        IntegrationType type = integration.type();
        if (type == IntegrationType.MOCK) {
            return integration.with(draft -> {
                draft.uri = null;
                draft.httpMethod = null;
            });
        }
        if (type != IntegrationType.AWS_PROXY && integration.httpMethod() == null) {
            throw ControlError.badRequest("Enumeration value for HttpMethod must be non-empty");
        }
        if (type == IntegrationType.HTTP || type == IntegrationType.HTTP_PROXY) {
            checkHttp(integration.uri());
            return integration.connectionType() == null
                    ? integration.with(draft -> draft.connectionType = ConnectionType.INTERNET)
                    : integration;
        }
        checkService(integration);
        return integration;
    }

    /** {@code servlet:///path} is ours: the application behind the filter. */
    private static void checkHttp(String uri) {
        boolean url = uri != null
                && (uri.startsWith("http://")
                        || uri.startsWith("https://")
                        || uri.startsWith("servlet:///")
                        || uri.startsWith("${stageVariables."));
        if (!url) {
            throw ControlError.badRequest("Invalid HTTP endpoint specified for URI");
        }
    }

    private static void checkService(Integration integration) {
        String uri = integration.uri();
        if (uri == null || !uri.startsWith("arn:")) {
            throw ControlError.badRequest("Invalid ARN specified in the request");
        }
        if (!uri.contains(":path/") && !uri.contains(":action/")) {
            throw ControlError.badRequest("AWS ARN for integration must contain path or action");
        }
        if (integration.type() == IntegrationType.AWS_PROXY
                && !LAMBDA.matcher(uri).matches()) {
            throw ControlError.badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and"
                    + " Firehose stream invocations.");
        }
        Matcher service = SERVICE.matcher(uri);
        boolean lambda = service.matches() && service.group("service").equals("lambda");
        if (!lambda && integration.credentials() == null) {
            throw ControlError.badRequest("Role ARN must be specified for AWS integrations");
        }
    }

    /** One operation of Lambda answers in one piece, the other streams. */
    private static void checkTransferMode(Integration integration) {
        boolean streams = integration.responseTransferMode() == ResponseTransferMode.STREAM;
        IntegrationType type = integration.type();
        if (streams && type != IntegrationType.HTTP_PROXY && type != IntegrationType.AWS_PROXY) {
            throw ControlError.badRequest("Invalid ResponseTransferMode. ResponseTransferMode STREAM is only supported"
                    + " for HTTP_PROXY and AWS_PROXY integrations.");
        }
        if (type != IntegrationType.AWS_PROXY || integration.uri() == null) {
            return;
        }
        boolean streaming = integration.uri().endsWith("/response-streaming-invocations");
        if (streams && !streaming) {
            throw ControlError.badRequest("Invalid ResponseTransferMode. ResponseTransferMode STREAM is only supported"
                    + " for Lambda functions invoked by InvokeWithResponseStream for AWS_PROXY integrations.");
        }
        if (!streams && streaming) {
            throw ControlError.badRequest("Invalid ResponseTransferMode. Cannot use ResponseTransferMode BUFFERED for"
                    + " Lambda functions invoked by InvokeWithResponseStream for AWS_PROXY integrations.");
        }
    }

    private static void checkTimeout(Integration integration, ApiDefinition api) {
        int millis = integration.timeoutInMillis();
        int longest = longestTimeout(integration, api);
        if (millis < SHORTEST || millis > longest) {
            throw ControlError.badRequest("Timeout should be between " + SHORTEST + " ms and " + longest + " ms");
        }
    }

    private static int longestTimeout(Integration integration, ApiDefinition api) {
        if (integration.responseTransferMode() == ResponseTransferMode.STREAM) {
            return LONGEST_STREAM;
        }
        EndpointConfiguration endpoint = RestApiRules.withDefaults(api.restApi().endpointConfiguration());
        return endpoint.types().contains(EndpointType.EDGE) ? LONGEST_EDGE : LONGEST;
    }

    /** For the keys of templates, which are media types. */
    static void checkContentTypes(Iterable<String> names) {
        for (String name : names) {
            if (name.indexOf('/') <= 0) {
                throw ControlError.badRequest(
                        "Validation Result: warnings : [], errors : [Invalid content type specified: " + name + "]");
            }
        }
    }

    static PassthroughBehavior passthrough(String name) {
        return constant(PassthroughBehavior.class, name, "passthroughBehavior");
    }

    private static int timeout(String text) {
        try {
            return Integer.parseInt(String.valueOf(text));
        } catch (NumberFormatException e) {
            return -1; // refused with the text for a number out of range
        }
    }

    private static Integration cacheKeyParameter(Integration integration, PatchOperation operation) {
        List<String> parameters = new ArrayList<>(integration.cacheKeyParameters());
        boolean known = parameters.remove(operation.token(0));
        if (!known && !operation.is("add")) {
            throw ControlError.notFound(MethodOperations.UNKNOWN_PARAMETER);
        }
        if (operation.is("add")) {
            parameters.add(operation.token(0));
        } else if (operation.is("replace")) {
            parameters.add(operation.value());
        }
        return integration.with(draft -> draft.cacheKeyParameters = parameters);
    }

    /** @return null for null: such members can be cleared, and those that cannot are never null in a patch */
    static <E extends Enum<E>> E constant(Class<E> type, String value, String member) {
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equals(value)) {
                return constant;
            }
        }
        throw ControlError.badRequest("Invalid " + member + " specified. " + Members.memberOf(type));
    }
}
