package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.expression.UriTemplate;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.http.ClientProfile;
import java.time.Duration;

/** What answers a method: all kinds there are. */
public sealed interface CompiledIntegration {

    /** What happens to the request on the way in; a proxy only maps parameters. */
    RequestMapping request();

    /** The gateway answers from templates alone. */
    record Mock(RequestMapping request, ResponseMappings responses) implements CompiledIntegration {}

    /**
     * A backend spoken to over HTTP.
     *
     * @param proxy whether request and answer pass as they are
     * @param httpMethod null for the client's own
     * @param profile by which client it is called
     * @param idle of an answer that is passed on as it comes: how long it may be silent. Null for one that is taken whole
     */
    record Http(
            boolean proxy,
            String httpMethod,
            UriTemplate uri,
            ClientProfile profile,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout,
            Duration idle)
            implements CompiledIntegration {}

    /**
     * The application behind the filter.
     *
     * @param proxy whether it reads from and writes to the client itself
     * @param httpMethod null for the client's own
     * @param uri scheme {@code servlet}, path within the context
     */
    record Application(
            boolean proxy,
            String httpMethod,
            UriTemplate uri,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout)
            implements CompiledIntegration {}

    /**
     * A Lambda function.
     *
     * @param proxy whether the function gets the request as an event and answers in the proxy format
     * @param callable whether the integration's own verb is POST, the only one that Lambda's API takes: Amazon deploys other
     *     verbs and fails each call
     * @param function which one, stage variables filled in
     * @param roleArn in whose name; null where the function itself permits the call
     * @param idle of an answer that is passed on as it comes: how long it may be silent. Null for one that is taken whole
     */
    record Lambda(
            boolean proxy,
            boolean callable,
            FunctionName function,
            String roleArn,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout,
            Duration idle)
            implements CompiledIntegration {}

    /**
     * An AWS service.
     *
     * @param httpMethod null for the client's own
     * @param uri of the service, path and query of the definition included
     * @param service which one, stage variables filled in
     * @param endpoint what calls are signed for
     * @param roleArn in whose name
     */
    record Service(
            String httpMethod,
            UriTemplate uri,
            ServiceUri service,
            ServiceEndpoint endpoint,
            String roleArn,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout)
            implements CompiledIntegration {}

    /** No route matched, and the gateway lets such requests through to the application. */
    record Unmatched() implements CompiledIntegration {
        @Override
        public RequestMapping request() {
            return RequestMapping.NONE;
        }
    }
}
