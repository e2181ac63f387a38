package dev.gatehouse.controlplane.openapi;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where each {@code x-amazon-apigateway-*} extension may stand (API Gateway developer guide, OpenAPI extensions). One walk over
 * the whole document, so that none is overlooked because nobody looks where it stands.
 */
final class Extensions {

    static final String PREFIX = "x-amazon-apigateway-";

    static final String ANY_METHOD = PREFIX + "any-method";
    static final String API_KEY_SOURCE = PREFIX + "api-key-source";
    static final String AUTH = PREFIX + "auth";
    static final String AUTHORIZER = PREFIX + "authorizer";
    static final String AUTHTYPE = PREFIX + "authtype";
    static final String BINARY_MEDIA_TYPES = PREFIX + "binary-media-types";
    static final String DOCUMENTATION = PREFIX + "documentation";
    static final String ENDPOINT_ACCESS_MODE = PREFIX + "endpoint-access-mode";
    static final String ENDPOINT_CONFIGURATION = PREFIX + "endpoint-configuration";
    static final String GATEWAY_RESPONSES = PREFIX + "gateway-responses";
    static final String INTEGRATION = PREFIX + "integration";
    static final String MINIMUM_COMPRESSION_SIZE = PREFIX + "minimum-compression-size";
    static final String POLICY = PREFIX + "policy";
    static final String REQUEST_VALIDATOR = PREFIX + "request-validator";
    static final String REQUEST_VALIDATORS = PREFIX + "request-validators";
    static final String SECURITY_POLICY = PREFIX + "security-policy";

    private enum Place {
        ROOT("the root of the document"),
        PATH("a path"),
        OPERATION("an operation"),
        SECURITY_SCHEME("a security scheme"),
        SERVER("a server"),
        ELSEWHERE("");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    private static final Map<String, Set<Place>> PLACES = new TreeMap<>(Map.ofEntries(
            Map.entry(ANY_METHOD, Set.of(Place.PATH)),
            Map.entry(API_KEY_SOURCE, Set.of(Place.ROOT)),
            Map.entry(AUTH, Set.of(Place.OPERATION)),
            Map.entry(AUTHORIZER, Set.of(Place.SECURITY_SCHEME)),
            Map.entry(AUTHTYPE, Set.of(Place.SECURITY_SCHEME)),
            Map.entry(BINARY_MEDIA_TYPES, Set.of(Place.ROOT)),
            Map.entry(DOCUMENTATION, Set.of(Place.ROOT)),
            Map.entry(ENDPOINT_ACCESS_MODE, Set.of(Place.ROOT)),
            Map.entry(ENDPOINT_CONFIGURATION, Set.of(Place.ROOT, Place.SERVER)),
            Map.entry(GATEWAY_RESPONSES, Set.of(Place.ROOT)),
            Map.entry(INTEGRATION, Set.of(Place.OPERATION)),
            Map.entry(MINIMUM_COMPRESSION_SIZE, Set.of(Place.ROOT)),
            Map.entry(POLICY, Set.of(Place.ROOT)),
            Map.entry(REQUEST_VALIDATOR, Set.of(Place.ROOT, Place.OPERATION)),
            Map.entry(REQUEST_VALIDATORS, Set.of(Place.ROOT)),
            Map.entry(SECURITY_POLICY, Set.of(Place.ROOT))));

    private static final Set<String> FOR_HTTP_APIS =
            Set.of(PREFIX + "cors", PREFIX + "importexport-version", PREFIX + "integrations", PREFIX + "tag-value");

    /** Below these stand values and schemas, which have no extensions of API Gateway. */
    private static final Set<String> NOT_ENTERED =
            Set.of("example", "examples", "default", "enum", "schema", "schemas", "definitions");

    /** In these the names are the author's, so {@code default} is not the keyword. */
    private static final Set<String> NAMED_BY_AUTHOR = Set.of(
            "paths", "securityDefinitions", "securitySchemes", "parameters", "responses", "requestBodies", "headers");

    private Extensions() {}

    static void check(Cursor root) {
        check(root, new String[SafeDocument.MAX_DEPTH + 1], 0);
    }

    private static void check(Cursor place, String[] path, int depth) {
        if (place.node().isArray()) {
            for (Cursor item : place.items()) {
                path[depth] = item.name();
                check(item, path, depth + 1);
            }
        } else if (place.node().isObject()) {
            Place kind = kind(path, depth);
            for (Cursor member : place.members()) {
                path[depth] = member.name();
                if (member.name().startsWith(PREFIX)) {
                    judge(member, kind);
                }
                if (member.name().equals("$ref")
                        && member.node().isTextual()
                        && !member.node().textValue().startsWith("#")) {
                    member.error(References.LOCAL_ONLY);
                }
                boolean entered = NAMED_BY_AUTHOR.contains(place.name()) || !NOT_ENTERED.contains(member.name());
                if (member.name().equals(ANY_METHOD)
                        || entered && !member.name().startsWith("x-")) {
                    check(member, path, depth + 1);
                }
            }
        }
    }

    private static void judge(Cursor extension, Place place) {
        String name = extension.name();
        Set<Place> places = PLACES.get(name);
        if (FOR_HTTP_APIS.contains(name)) {
            extension.error("'" + name + "' is for HTTP APIs; this document is read as a REST API");
        } else if (places == null) {
            extension.error("unknown extension '" + Texts.cut(name) + "'" + Texts.suggestion(name, PLACES.keySet()));
        } else if (!places.contains(place)) {
            extension.error("'" + name + "' belongs to "
                    + String.join(
                            " or ",
                            places.stream().sorted().map(each -> each.words).toList()));
        }
    }

    private static Place kind(String[] path, int depth) {
        if (depth == 0) {
            return Place.ROOT;
        }
        if (path[0].equals("paths") && depth == 2) {
            return Place.PATH;
        }
        if (path[0].equals("paths") && depth == 3 && Operations.VERBS.containsKey(path[2])) {
            return Place.OPERATION;
        }
        if (path[0].equals("securityDefinitions") && depth == 2
                || path[0].equals("components") && depth == 3 && path[1].equals("securitySchemes")) {
            return Place.SECURITY_SCHEME;
        }
        return path[0].equals("servers") && depth == 2 ? Place.SERVER : Place.ELSEWHERE;
    }
}
