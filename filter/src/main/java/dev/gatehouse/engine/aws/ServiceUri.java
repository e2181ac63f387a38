package dev.gatehouse.engine.aws;

import dev.gatehouse.http.DotSegments;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The uri by which an integration names an AWS service: {@code arn:aws:apigateway:{region}:{subdomain.service or
 * service}:action/{Action}} or {@code ...:path/{path}}. Source: API Gateway API reference, PutIntegration, "uri".
 *
 * @param partition such as {@code aws} or {@code aws-cn}
 * @param region where the service is called
 * @param subdomain what stands before the service's own host name; null where nothing does
 * @param service name in host names, such as {@code dynamodb}
 * @param action the one operation that may be called; null for the path form, where the path tells
 * @param request path and query, beginning with a slash; may hold {@code {name}}
 */
public record ServiceUri(
        String partition, String region, String subdomain, String service, String action, String request) {

    private static final Pattern FORM = Pattern.compile(
            "arn:(?<partition>aws[a-z-]*):apigateway:(?<region>[^:]*):(?<service>[^:]*):(?<form>path|action)/(?<rest>.*)",
            Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(?:-[a-z0-9]+)+");
    private static final Pattern SERVICE = Pattern.compile(
            "(?:(?<subdomain>[A-Za-z0-9](?:[A-Za-z0-9-]|\\.(?!\\.))*)\\.)?(?<name>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)");
    private static final Pattern ACTION = Pattern.compile("(?<name>[A-Za-z][A-Za-z0-9]*)(?<parameters>(?:&.*)?)");

    /** Neither of them has an action that could be named: their protocol is paths and verbs. */
    private static final Set<String> WITHOUT_ACTIONS = Set.of("s3", "lambda");

    /**
     * @param uri with its stage variables filled in
     * @throws IllegalArgumentException telling which part is wrong
     */
    public static ServiceUri parse(String uri) {
        Matcher form = FORM.matcher(uri);
        require(
                form.matches(),
                "'" + uri + "' is not arn:aws:apigateway:{region}:{service}:action/{Action} or"
                        + " arn:aws:apigateway:{region}:{service}:path/{path}");
        require(
                REGION.matcher(form.group("region")).matches(),
                "'" + form.group("region") + "' is no region, in '" + uri + "'");
        Matcher service = SERVICE.matcher(form.group("service"));
        require(
                service.matches(),
                "'" + form.group("service") + "' is no service: whom to call is fixed at deployment, in '" + uri + "'");
        String name = service.group("name");
        String rest = form.group("rest");
        require(
                rest.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#' && c != '\\'),
                "the uri holds a character that no request line can have: '" + uri + "'");
        if (form.group("form").equals("path")) {
            String path = rest.startsWith("/") ? rest : "/" + rest;
            require(!DotSegments.in(withoutQuery(path)), "the path climbs: '" + uri + "'");
            return new ServiceUri(
                    form.group("partition"), form.group("region"), service.group("subdomain"), name, null, path);
        }
        require(
                !WITHOUT_ACTIONS.contains(name),
                "service " + name + " has no actions, its requests are paths and verbs: write " + name
                        + ":path/... instead of '" + uri + "'");
        Matcher action = ACTION.matcher(rest);
        require(
                action.matches(),
                "'" + rest + "' is no action: which one is called is fixed at deployment, in '" + uri + "'");
        String parameters = action.group("parameters");
        require(!Actions.named(parameters), "the uri names Action a second time: '" + uri + "'");
        return new ServiceUri(
                form.group("partition"),
                form.group("region"),
                service.group("subdomain"),
                name,
                action.group("name"),
                "/?Action=" + action.group("name") + parameters);
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
