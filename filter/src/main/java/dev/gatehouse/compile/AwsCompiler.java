package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.dataplane.snapshot.ResponseMappings;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.engine.aws.ServiceEndpoint;
import dev.gatehouse.engine.aws.ServiceUri;
import dev.gatehouse.engine.expression.UriTemplate;
import dev.gatehouse.engine.lambda.FunctionName;
import dev.gatehouse.engine.lambda.LambdaUri;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Integrations of AWS: Lambda functions, and every other service by one signed call. Whom to call is settled here. */
final class AwsCompiler {

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");
    private static final String OF_THE_CALLER = "arn:aws:iam::*:user/*";

    private static final String QUALIFIER = "integration.request.querystring.Qualifier";

    private final Reachable reachable;

    AwsCompiler(Reachable reachable) {
        this.reachable = reachable;
    }

    /**
     * @param idle of an answer that streams: how long it may be silent; null for one that is taken whole
     * @return null where it cannot be compiled; the problems are noted at the place
     */
    CompiledIntegration compile(
            Integration integration,
            Map<String, String> variables,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout,
            Duration idle,
            Place place) {
        if (integration.uri() == null) {
            place.at("uri").problem("an " + integration.type() + " integration needs a uri");
            return null;
        }
        String uri = StageVariables.filled(integration.uri(), variables, place.at("uri"));
        boolean rightRole = true;
        String role = StageVariables.filled(integration.credentials(), variables, place.at("credentials"));
        if (integration.credentials() != null) {
            rightRole = role != null && checkRole(role, place.at("credentials"));
        }
        if (uri == null) {
            return null;
        }
        return LambdaUri.isLambda(uri)
                ? lambda(
                        integration,
                        uri,
                        variables,
                        rightRole ? role : null,
                        rightRole,
                        request,
                        responses,
                        timeout,
                        idle,
                        place)
                : service(integration, uri, role, rightRole, request, responses, timeout, place);
    }

    private CompiledIntegration lambda(
            Integration integration,
            String uri,
            Map<String, String> variables,
            String role,
            boolean rightRole,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout,
            Duration idle,
            Place place) {
        boolean unknown = role != null && !reachable.role(role);
        boolean proxy = integration.type() == IntegrationType.AWS_PROXY;
        boolean chosen = !proxy && integration.requestParameters().containsKey(QUALIFIER);
        LambdaUri named = LambdaTarget.parse(
                uri,
                Map.of(),
                one -> chosen || !rightRole || unknown || reachable.function(one, role),
                "",
                place.at("uri"));
        if (named == null) {
            return null;
        }
        checkTransferMode(named, proxy, idle != null, place);
        FunctionName function = chosen
                ? qualified(named.function(), integration, variables, place.at("requestParameters"))
                : named.function();
        if (function == null) {
            return null;
        }
        if (unknown && !reachable.function(function, role)) {
            unknownRole(role, place.at("credentials"));
        } else if (chosen && rightRole && !reachable.function(function, role)) {
            place.at("uri").problem("there is no function " + function + ": it is not configured");
        }
        if (idle != null && !reachable.streams(function)) {
            place.at("responseTransferMode")
                    .problem("function " + function + " answers with a value and cannot stream:"
                            + " it must be a RequestStreamHandler or a StreamingFunction");
        }
        return new CompiledIntegration.Lambda(
                proxy,
                "POST".equals(integration.httpMethod()) || integration.httpMethod() == null,
                function,
                role,
                request,
                responses,
                timeout,
                idle);
    }

    /** One operation of Lambda answers in one piece, the other streams; the integration must want what its uri calls. Texts are reported. */
    private static void checkTransferMode(LambdaUri uri, boolean proxy, boolean streams, Place place) {
        Place mode = place.at("responseTransferMode");
        if (uri.streaming() && !proxy) {
            place.at("uri").problem("only AWS_PROXY integrations call a function by response-streaming-invocations");
        } else if (uri.streaming() && !streams) {
            mode.problem("Invalid ResponseTransferMode. Cannot use ResponseTransferMode BUFFERED for Lambda functions"
                    + " invoked by InvokeWithResponseStream for AWS_PROXY integrations.");
        } else if (streams && !uri.streaming()) {
            mode.problem("Invalid ResponseTransferMode. ResponseTransferMode STREAM is only supported for Lambda"
                    + " functions invoked by InvokeWithResponseStream for AWS_PROXY integrations.");
        }
    }

    /** The Invoke API takes the version as a query parameter, too. Which one is called is settled here, so it must be known. */
    private static FunctionName qualified(
            FunctionName function, Integration integration, Map<String, String> variables, Place place) {
        String source = integration.requestParameters().get(QUALIFIER);
        if (source == null) {
            return function;
        }
        Place at = place.at(QUALIFIER);
        String variable = source.startsWith("stageVariables.") ? source.substring("stageVariables.".length()) : "";
        boolean literal = source.length() > 2 && source.startsWith("'") && source.endsWith("'");
        String qualifier = literal ? source.substring(1, source.length() - 1) : variables.get(variable);
        if (qualifier == null) {
            at.problem("which version of a function is called is fixed at deployment:"
                    + " map a literal or a stage variable that there is, not '" + source + "'");
            return null;
        }
        if (function.qualifier() != null && !function.qualifier().equals(qualifier)) {
            at.problem("the uri names version " + function.qualifier() + ", the mapping " + qualifier);
            return null;
        }
        return at.parsed(() -> FunctionName.parse(function.unqualified() + ":" + qualifier), null);
    }

    private CompiledIntegration service(
            Integration integration,
            String uri,
            String role,
            boolean rightRole,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout,
            Place place) {
        Place uriPlace = place.at("uri");
        ServiceUri parsed = uriPlace.parsed(() -> ServiceUri.parse(uri), null);
        if (integration.type() == IntegrationType.AWS_PROXY) {
            uriPlace.problem("an AWS_PROXY integration calls a Lambda function; services are integrated as AWS");
        }
        if (integration.credentials() == null) {
            place.at("credentials")
                    .problem(
                            "Role ARN must be specified for AWS integrations: a call of a service is signed in its name");
        } else if (rightRole && !reachable.role(role)) {
            unknownRole(role, place.at("credentials"));
        }
        for (RequestMapping.Parameter header : request.headers()) {
            if (header.name().equalsIgnoreCase("Host")) {
                place.at("requestParameters")
                        .at("integration.request.header." + header.name())
                        .problem("the host of a service is part of what is signed, and follows from the uri");
            }
        }
        if (parsed == null) {
            return null;
        }
        ServiceEndpoint endpoint = uriPlace.parsed(() -> reachable.service(parsed), null);
        UriTemplate template = endpoint == null
                ? null
                : uriPlace.parsed(() -> UriTemplate.parse(endpoint.url() + parsed.request()), null);
        if (template == null) {
            return null;
        }
        IntegrationCompiler.checkPlaceholders(template, false, request, uriPlace);
        return new CompiledIntegration.Service(
                "ANY".equals(integration.httpMethod()) ? null : integration.httpMethod(),
                template,
                parsed,
                endpoint,
                role,
                request,
                responses,
                timeout);
    }

    static boolean checkRole(String role, Place place) {
        if (role.equals(OF_THE_CALLER)) {
            place.problem("the caller's own credentials never come here, only signatures made with them:"
                    + " name a role instead of " + OF_THE_CALLER);
            return false;
        }
        if (!ROLE.matcher(role).matches()) {
            place.problem("'" + role + "' is not the ARN of a role: arn:aws:iam::{account}:role/{name}");
            return false;
        }
        return true;
    }

    static void unknownRole(String role, Place place) {
        place.problem("there are no credentials for " + role + ": give it an entry below aws.roles in gatehouse.yaml");
    }
}
