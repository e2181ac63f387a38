package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.CompiledIntegration;
import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.dataplane.snapshot.ResponseMappings;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationType;
import dev.gatehouse.definition.ResponseTransferMode;
import dev.gatehouse.engine.expression.UriTemplate;
import dev.gatehouse.http.ClientProfile;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What answers a method. */
final class IntegrationCompiler {

    private static final String APPLICATION = "servlet:";

    /** API Gateway quotas: integration timeout; longer ones are for regional APIs, on request. */
    private static final int SHORTEST = 50;

    private static final int LONGEST = 300_000;
    private static final int LONGEST_STREAM = 900_000;

    private final MappingCompiler mappings;
    private final AwsCompiler aws;
    private final ConnectionCompiler connections;

    /** @param reachable which functions, services and networks can be reached */
    IntegrationCompiler(MappingCompiler mappings, Reachable reachable) {
        this.mappings = mappings;
        this.aws = new AwsCompiler(reachable);
        this.connections = new ConnectionCompiler(reachable);
    }

    /**
     * @param owner API, verb and path of the method
     * @param longestSilence of an answer that streams
     * @return null where it cannot be compiled; the problems are noted at the place
     */
    CompiledIntegration compile(
            Integration integration,
            String owner,
            Duration longestSilence,
            Map<String, String> variables,
            Place place) {
        if (integration.type() == null) {
            place.at("type").problem("an integration needs a type");
            return null;
        }
        RequestMapping request = mappings.request(integration, owner, place);
        ResponseMappings responses =
                mappings.responses(integration.integrationResponses(), owner, place.at("responses"));
        ClientProfile profile = connections.compile(integration, overHttp(integration), variables, place);
        boolean streams = integration.responseTransferMode() == ResponseTransferMode.STREAM;
        boolean proxy =
                integration.type() == IntegrationType.HTTP_PROXY || integration.type() == IntegrationType.AWS_PROXY;
        if (streams && !proxy) {
            place.at("responseTransferMode").problem("only HTTP_PROXY and AWS_PROXY integrations can stream");
        }
        Duration idle = streams && proxy ? longestSilence : null;
        Duration timeout = timeout(integration.timeoutInMillis(), streams, place.at("timeoutInMillis"));
        return switch (integration.type()) {
            case MOCK -> {
                place.unsupported(integration.credentials() != null, "credentials");
                yield new CompiledIntegration.Mock(request, responses);
            }
            case HTTP, HTTP_PROXY -> {
                place.unsupported(integration.credentials() != null, "credentials");
                yield http(integration, profile, request, responses, timeout, idle, place);
            }
            case AWS, AWS_PROXY -> aws.compile(integration, variables, request, responses, timeout, idle, place);
        };
    }

    private static boolean overHttp(Integration integration) {
        boolean http = integration.type() == IntegrationType.HTTP || integration.type() == IntegrationType.HTTP_PROXY;
        return http && (integration.uri() == null || !integration.uri().startsWith(APPLICATION));
    }

    private static CompiledIntegration http(
            Integration integration,
            ClientProfile profile,
            RequestMapping request,
            ResponseMappings responses,
            Duration timeout,
            Duration idle,
            Place place) {
        boolean proxy = integration.type() == IntegrationType.HTTP_PROXY;
        Place uriPlace = place.at("uri");
        if (integration.uri() == null) {
            uriPlace.problem("an " + integration.type() + " integration needs a uri");
            return null;
        }
        boolean application = integration.uri().startsWith(APPLICATION);
        UriTemplate uri = uriPlace.parsed(() -> UriTemplate.parse(integration.uri()), null);
        if (uri == null || !callable(integration.uri(), application, uriPlace)) {
            return null;
        }
        checkPlaceholders(uri, proxy, request, uriPlace);
        if (application && proxy) {
            checkNoBody(request, place.at("requestParameters"));
        }
        String verb = "ANY".equals(integration.httpMethod()) ? null : integration.httpMethod();
        return application
                ? new CompiledIntegration.Application(proxy, verb, uri, request, responses, timeout)
                : new CompiledIntegration.Http(proxy, verb, uri, profile, request, responses, timeout, idle);
    }

    /** Whether the address is one, as far as that shows before stage variables are known. */
    private static boolean callable(String uri, boolean application, Place place) {
        String sample = uri.replaceAll("\\$\\{stageVariables\\.[^}]*}", "x").replaceAll("\\{[^}]*}", "x");
        boolean open = uri.startsWith("${stageVariables.");
        try {
            URI parsed = new URI(sample);
            if (application
                    && parsed.getRawAuthority() == null
                    && parsed.getRawPath() != null
                    && parsed.getRawPath().startsWith("/")) {
                return true;
            }
            boolean named = parsed.getHost() != null && parsed.getRawUserInfo() == null;
            boolean http = "http".equalsIgnoreCase(parsed.getScheme()) || "https".equalsIgnoreCase(parsed.getScheme());
            if (open || !application && http && (named || openAuthority(uri, parsed))) {
                return true;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        place.problem(
                application
                        ? "'" + uri + "' is not servlet:///path, a path within the application"
                        : "Invalid HTTP endpoint specified for URI");
        return false;
    }

    /** Whether stage variables decide on host and port, so that only a call shows whether they make an address. */
    private static boolean openAuthority(String uri, URI sample) {
        int start = uri.indexOf("//") + 2;
        int variable = uri.indexOf("${stageVariables.", start);
        int path = uri.indexOf('/', start);
        return sample.getRawAuthority() != null && variable >= 0 && (path < 0 || variable < path);
    }

    /** A template could override what is not mapped; a proxy has no template. */
    static void checkPlaceholders(UriTemplate uri, boolean proxy, RequestMapping request, Place place) {
        Set<String> mapped =
                request.paths().stream().map(RequestMapping.Parameter::name).collect(Collectors.toSet());
        boolean overridable = !proxy && !request.templates().isEmpty();
        for (String name : uri.placeholders()) {
            if (!overridable && !mapped.contains(name)) {
                place.problem("{" + name + "} is never filled: map it with requestParameters"
                        + " \"integration.request.path." + name + "\"");
            }
        }
    }

    /** What streams past cannot be mapped. */
    private static void checkNoBody(RequestMapping request, Place place) {
        Map.of("header", request.headers(), "querystring", request.querystrings(), "path", request.paths())
                .forEach((location, parameters) -> parameters.stream()
                        .filter(parameter -> parameter.source().readsBody())
                        .forEach(parameter -> place.at("integration.request." + location + "." + parameter.name())
                                .problem("the application reads the body itself: only type http can map it")));
    }

    private static Duration timeout(int millis, boolean streams, Place place) {
        int longest = streams ? LONGEST_STREAM : LONGEST;
        if (millis < SHORTEST || millis > longest) {
            place.problem(millis + " is not between " + SHORTEST + " and " + longest);
            return Duration.ofMillis(Integration.DEFAULT_TIMEOUT_IN_MILLIS);
        }
        return Duration.ofMillis(millis);
    }
}
