package dev.gatehouse.definition;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The backend of a method, and how requests and answers are mapped. Absent scalars are null.
 *
 * <p>An {@code HTTP} or {@code HTTP_PROXY} integration whose {@code uri} has the scheme {@code servlet:} calls the application
 * behind the filter.
 *
 * @param httpMethod verb for the backend; {@code ANY} or null stands for the one of the caller
 * @param requestParameters {@code integration.request.<location>.<name>} to mapping expression
 * @param requestTemplates media type to template, in the order of the definition
 * @param timeoutInMillis 29000 unless said otherwise
 * @param cacheNamespace the id of the resource unless said otherwise
 * @param integrationResponses by status code, in the order in which patterns are tried
 * @param integrationTarget listener of the load balancer behind a VPC link
 */
public record Integration(
        IntegrationType type,
        String httpMethod,
        String uri,
        ConnectionType connectionType,
        String connectionId,
        String credentials,
        Map<String, String> requestParameters,
        Map<String, String> requestTemplates,
        PassthroughBehavior passthroughBehavior,
        ContentHandlingStrategy contentHandling,
        int timeoutInMillis,
        String cacheNamespace,
        List<String> cacheKeyParameters,
        Map<String, IntegrationResponse> integrationResponses,
        TlsConfig tlsConfig,
        ResponseTransferMode responseTransferMode,
        String integrationTarget) {

    public Integration {
        requestParameters = Frozen.map(requestParameters);
        requestTemplates = Frozen.map(requestTemplates);
        cacheKeyParameters = Frozen.list(cacheKeyParameters);
        integrationResponses = Frozen.map(integrationResponses);
    }

    public static final int DEFAULT_TIMEOUT_IN_MILLIS = 29_000;

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public Integration with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.type = type;
        draft.httpMethod = httpMethod;
        draft.uri = uri;
        draft.connectionType = connectionType;
        draft.connectionId = connectionId;
        draft.credentials = credentials;
        draft.requestParameters = requestParameters;
        draft.requestTemplates = requestTemplates;
        draft.passthroughBehavior = passthroughBehavior;
        draft.contentHandling = contentHandling;
        draft.timeoutInMillis = timeoutInMillis;
        draft.cacheNamespace = cacheNamespace;
        draft.cacheKeyParameters = cacheKeyParameters;
        draft.integrationResponses = integrationResponses;
        draft.tlsConfig = tlsConfig;
        draft.responseTransferMode = responseTransferMode;
        draft.integrationTarget = integrationTarget;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public IntegrationType type;
        public String httpMethod;
        public String uri;
        public ConnectionType connectionType;
        public String connectionId;
        public String credentials;
        public Map<String, String> requestParameters = Map.of();
        public Map<String, String> requestTemplates = Map.of();
        public PassthroughBehavior passthroughBehavior = PassthroughBehavior.WHEN_NO_MATCH;
        public ContentHandlingStrategy contentHandling;
        public int timeoutInMillis = DEFAULT_TIMEOUT_IN_MILLIS;
        public String cacheNamespace;
        public List<String> cacheKeyParameters = List.of();
        public Map<String, IntegrationResponse> integrationResponses = Map.of();
        public TlsConfig tlsConfig;
        public ResponseTransferMode responseTransferMode;
        public String integrationTarget;

        private Draft() {}

        public Integration build() {
            return new Integration(
                    type,
                    httpMethod,
                    uri,
                    connectionType,
                    connectionId,
                    credentials,
                    requestParameters,
                    requestTemplates,
                    passthroughBehavior,
                    contentHandling,
                    timeoutInMillis,
                    cacheNamespace,
                    cacheKeyParameters,
                    integrationResponses,
                    tlsConfig,
                    responseTransferMode,
                    integrationTarget);
        }
    }
}
