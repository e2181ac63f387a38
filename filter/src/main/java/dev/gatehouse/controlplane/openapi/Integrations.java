package dev.gatehouse.controlplane.openapi;

import dev.gatehouse.definition.ConnectionType;
import dev.gatehouse.definition.ContentHandlingStrategy;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationResponse;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.PassthroughBehavior;
import dev.gatehouse.definition.ResponseTransferMode;
import dev.gatehouse.definition.TlsConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code x-amazon-apigateway-integration} (API Gateway developer guide) as REST APIs have it. */
final class Integrations {

    /** As for PutIntegrationResponse: a pattern is compiled by recursion. */
    private static final int LONGEST_PATTERN = 1_024;

    static final Pattern STATUS_CODE = Pattern.compile("[1-5][0-9][0-9]");

    private static final Set<String> FIELDS = Set.of(
            "type",
            "uri",
            "httpMethod",
            "credentials",
            "connectionType",
            "connectionId",
            "integrationTarget",
            "payloadFormatVersion",
            "requestParameters",
            "requestTemplates",
            "passthroughBehavior",
            "contentHandling",
            "cacheNamespace",
            "cacheKeyParameters",
            "timeoutInMillis",
            "responseTransferMode",
            "tlsConfig",
            "responses");
    private static final Set<String> FIELDS_OF_HTTP_APIS = Set.of("integrationSubtype", "responseParameters", "$ref");
    private static final Set<String> RESPONSE_FIELDS =
            Set.of("statusCode", "responseParameters", "responseTemplates", "contentHandling");

    /** What a call into the application of the same process has no use for. */
    private static final List<String> NOT_FOR_SERVLET =
            List.of("credentials", "connectionType", "connectionId", "integrationTarget", "tlsConfig");

    private static final Pattern REQUEST_PARAMETER =
            Pattern.compile("integration\\.request\\.(header|querystring|path)\\..+");
    private static final Pattern RESPONSE_PARAMETER = Pattern.compile("method\\.response\\.header\\..+");
    private static final Pattern HTTP_URI = Pattern.compile("(?i)(?:https?://[^/]|\\$\\{stageVariables\\.).*");
    private static final Pattern SERVLET_URI = Pattern.compile("servlet:///.*");
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:apigateway:[^:]*:[^:]+:(?<rest>.*)");
    private static final Pattern LAMBDA_URI = Pattern.compile("arn:[^:]+:apigateway:[^:]*:lambda:path/.+");
    private static final Pattern PROXY_URI = Pattern.compile("arn:[^:]+:apigateway:[^:]*:(lambda:path/|firehose:).+");
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "ANY");

    private final Cursor place;
    private final String path;
    private final String httpMethod;
    private final Integration.Draft draft = Integration.draft();

    private Integrations(Cursor place, String path, String httpMethod) {
        this.place = place;
        this.path = path;
        this.httpMethod = httpMethod;
    }

    static boolean isLambda(String uri) {
        return uri != null && LAMBDA_URI.matcher(uri).matches();
    }

    /**
     * @param path of the resource, base path included, for messages
     * @return null, and errors, if the type is missing or unknown
     */
    static Integration read(Cursor place, String path, String httpMethod, String resourceId, EndpointType endpoint) {
        return place.isObject() ? new Integrations(place, path, httpMethod).read(resourceId, endpoint) : null;
    }

    private Integration read(String resourceId, EndpointType endpoint) {
        checkFields();
        if (place.requiredAt("type") == null) {
            return null;
        }
        draft.type = place.at("type").constant(IntegrationType.class);
        if (draft.type == null) {
            return null;
        }
        draft.credentials = place.at("credentials").text();
        draft.requestParameters = parameters(place.at("requestParameters"), REQUEST_PARAMETER, "integration.request.");
        draft.requestTemplates = place.at("requestTemplates").textMap();
        PassthroughBehavior passthrough = place.at("passthroughBehavior").constant(PassthroughBehavior.class);
        draft.passthroughBehavior = passthrough == null ? PassthroughBehavior.WHEN_NO_MATCH : passthrough;
        draft.contentHandling = place.at("contentHandling").constant(ContentHandlingStrategy.class);
        String namespace = place.at("cacheNamespace").text();
        draft.cacheNamespace = namespace == null ? resourceId : namespace;
        draft.cacheKeyParameters = place.at("cacheKeyParameters").texts();
        draft.integrationResponses = responses(place.at("responses"));
        readTransferMode();
        Integer timeout = place.at("timeoutInMillis").integer(50, longestTimeout(endpoint));
        draft.timeoutInMillis = timeout == null ? Integration.DEFAULT_TIMEOUT_IN_MILLIS : timeout;
        readBackend();
        return draft.build();
    }

    private void checkFields() {
        for (Cursor member : place.members()) {
            if (FIELDS_OF_HTTP_APIS.contains(member.name())) {
                member.error("'" + member.name() + "' in an integration is for HTTP APIs");
            } else if (!FIELDS.contains(member.name())) {
                member.error(
                        "unknown field '" + Texts.cut(member.name()) + "'" + Texts.suggestion(member.name(), FIELDS));
            }
        }
        String payload = place.at("payloadFormatVersion").label();
        if (payload != null && !payload.equals("1.0") && !payload.equals("1")) {
            place.at("payloadFormatVersion").warn("REST APIs send format 1.0 whatever is said here");
        }
    }

    private void readTransferMode() {
        Cursor mode = place.at("responseTransferMode");
        draft.responseTransferMode = mode.constant(ResponseTransferMode.class);
        boolean proxy = draft.type == IntegrationType.HTTP_PROXY || draft.type == IntegrationType.AWS_PROXY;
        if (draft.responseTransferMode == ResponseTransferMode.STREAM && !proxy) {
            mode.error("only HTTP_PROXY and AWS_PROXY integrations can stream");
        }
    }

    /** Amazon's limits: 15 minutes for a stream, 29 seconds at the edge, more elsewhere on request. */
    private int longestTimeout(EndpointType endpoint) {
        if (draft.responseTransferMode == ResponseTransferMode.STREAM) {
            return 900_000;
        }
        return endpoint == EndpointType.EDGE ? Integration.DEFAULT_TIMEOUT_IN_MILLIS : 300_000;
    }

    private void readBackend() {
        String verb = place.at("httpMethod").text();
        draft.httpMethod = verb == null ? null : verb.toUpperCase(Locale.ROOT);
        if (verb != null && !VERBS.contains(draft.httpMethod)) {
            place.at("httpMethod").error("unknown method '" + Texts.cut(verb) + "'" + Texts.suggestion(verb, VERBS));
        }
        switch (draft.type) {
            case MOCK -> {
                draft.httpMethod = null; // as recorded: a mock has neither verb nor address
                refuseConnection();
            }
            case HTTP, HTTP_PROXY -> readHttp();
            case AWS, AWS_PROXY -> readAws();
        }
    }

    private void readHttp() {
        draft.uri = place.requiredAt("uri");
        if (draft.uri == null) {
            return;
        }
        if (draft.uri.startsWith("servlet:")) {
            if (!SERVLET_URI.matcher(draft.uri).matches()) {
                place.at("uri").error("must be servlet:///<path>: the application behind the filter has no host");
            }
            for (String field : NOT_FOR_SERVLET) {
                if (place.at(field).isPresent()) {
                    place.at(field).error("'" + field + "' has no meaning for the application behind the filter");
                }
            }
            draft.credentials = null;
            return;
        }
        if (!HTTP_URI.matcher(draft.uri).matches()) {
            place.at("uri")
                    .error(
                            "Invalid HTTP endpoint specified for URI; it must begin with http://, https://, servlet:/// or ${stageVariables.");
        }
        if (draft.httpMethod == null) {
            place.error("'httpMethod' is required");
        }
        ConnectionType connection = place.at("connectionType").constant(ConnectionType.class);
        draft.connectionType = connection == null ? ConnectionType.INTERNET : connection;
        draft.connectionId = place.at("connectionId").text();
        draft.integrationTarget = place.at("integrationTarget").text();
        if (draft.connectionType == ConnectionType.VPC_LINK && draft.connectionId == null) {
            place.error("'connectionId' is required for VPC_LINK");
        }
        Cursor tls = place.at("tlsConfig");
        if (tls.isPresent() && tls.isObject()) {
            if (tls.at("serverNameToVerify").isPresent()) {
                tls.at("serverNameToVerify").error("'serverNameToVerify' is for HTTP APIs");
            } else {
                tls.allowOnly(Set.of("insecureSkipVerification"));
            }
            draft.tlsConfig = new TlsConfig(tls.at("insecureSkipVerification").flag(false));
        }
    }

    /** What only a call over HTTP has; {@code connectionType: INTERNET} says the same as nothing. */
    private void refuseConnection() {
        for (String field : List.of("connectionType", "connectionId", "integrationTarget", "tlsConfig")) {
            boolean plain = "internet".equalsIgnoreCase(place.at(field).node().asText());
            if (place.at(field).isPresent() && !(field.equals("connectionType") && plain)) {
                place.at(field).error("'" + field + "' is for HTTP and HTTP_PROXY integrations");
            }
        }
    }

    private void readAws() {
        refuseConnection();
        draft.uri = place.requiredAt("uri");
        if (draft.uri != null) {
            checkArn(draft.uri);
        }
        if (draft.httpMethod == null && draft.type == IntegrationType.AWS_PROXY) {
            draft.httpMethod = "POST";
        } else if (draft.httpMethod == null) {
            place.error("'httpMethod' is required");
        }
    }

    private void checkArn(String uri) {
        var arn = ARN.matcher(uri);
        if (!arn.matches()) {
            place.at("uri")
                    .error(
                            "Invalid ARN specified in the request; it must be arn:<partition>:apigateway:<region>:<service>:...");
        } else if (!arn.group("rest").startsWith("path/") && !arn.group("rest").startsWith("action/")) {
            place.at("uri").error("AWS ARN for integration must contain path or action");
        } else if (draft.type == IntegrationType.AWS_PROXY
                && !PROXY_URI.matcher(uri).matches()) {
            place.at("uri").error("AWS_PROXY calls Lambda functions and Firehose only");
        }
    }

    /** A value that is no text is a warning and is dropped, in the words that API Gateway has for it (recorded). */
    private Map<String, String> parameters(Cursor parameters, Pattern names, String prefix) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Cursor parameter : parameters.members()) {
            if (!names.matcher(parameter.name()).matches()) {
                parameter.error("'" + Texts.cut(parameter.name()) + "' must begin with " + prefix
                        + (names == REQUEST_PARAMETER ? "header., querystring. or path." : "header."));
            } else if (!parameter.node().isTextual()) {
                parameter.warn("Invalid format for '" + parameters.name() + "'. Expected type string for property '"
                        + parameter.name() + "' of resource '" + path + "' and method '" + httpMethod + "' but got '"
                        + Texts.cut(parameter.node().toString()) + "'");
            } else {
                map.put(parameter.name(), parameter.text());
            }
        }
        return map;
    }

    private Map<String, IntegrationResponse> responses(Cursor responses) {
        Map<String, IntegrationResponse> byStatus = new LinkedHashMap<>();
        Map<String, String> patterns = new LinkedHashMap<>();
        for (Cursor response : responses.members()) {
            if (!response.isObject()) {
                continue;
            }
            response.allowOnly(RESPONSE_FIELDS);
            String status = status(response, "statusCode");
            if (!response.at("statusCode").isPresent()) {
                response.error("'statusCode' is required");
            }
            String selection = response.name().equals("default") ? null : selection(response);
            IntegrationResponse read = new IntegrationResponse(
                    status,
                    selection,
                    parameters(response.at("responseParameters"), RESPONSE_PARAMETER, "method.response."),
                    response.at("responseTemplates").textMap(),
                    response.at("contentHandling").constant(ContentHandlingStrategy.class));
            if (status != null && byStatus.putIfAbsent(status, read) != null) {
                response.error("status " + status + " is taken by '" + Texts.cut(patterns.get(status))
                        + "': API Gateway keeps one integration response for each status code");
            }
            patterns.putIfAbsent(status, response.name());
        }
        return byStatus;
    }

    /** @return three digits; null if absent, or with an error if it is something else */
    static String status(Cursor owner, String member) {
        Cursor place = owner.at(member);
        String status = place.label();
        if (status != null && !STATUS_CODE.matcher(status).matches()) {
            place.error("'" + Texts.cut(status) + "' is not a status code");
            return null;
        }
        return status;
    }

    private static String selection(Cursor response) {
        if (response.name().length() > LONGEST_PATTERN) {
            response.error("a selection pattern has at most " + LONGEST_PATTERN + " characters");
            return response.name();
        }
        try {
            Pattern.compile(response.name());
        } catch (PatternSyntaxException e) {
            response.error("'" + Texts.cut(response.name()) + "' is no regular expression: " + e.getDescription());
        }
        return response.name();
    }
}
