package dev.gatehouse.controlplane.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenAPI Generator gets to see of an API: a document that is written anew, member by member, from the exported one. Everything
 * in it becomes source code, so a name that would need an escape in any language is refused, words for humans lose every character
 * that could end a comment, and what is not known here is not there. It refers to nothing outside itself.
 */
final class ClientDocument {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final Set<String> WITH_PAYLOAD = Set.of("put", "post", "patch");
    private static final Pattern SEGMENTS = Pattern.compile("/|(/([A-Za-z0-9._~:@%,=-]+|\\{[A-Za-z0-9._-]+\\+?}))+/?");
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}+]+)\\+?}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.$:@~\\[\\]-]{1,256}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9_.+-]+/[A-Za-z0-9_.+-]+");
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d|default");

    /** OpenAPI ignores parameters of these names: they are said by other means. */
    private static final Set<String> SAID_ELSEWHERE = Set.of("accept", "content-type", "authorization");

    private final ObjectNode exported;
    private final String service;
    private final String invokeUrl;
    private final List<String> problems;
    private final ClientSchemas schemas;
    private final ObjectNode root = object();
    private final ObjectNode securitySchemes = object();
    private final ObjectNode authentications = object();
    private final Map<String, String> schemeNames = new LinkedHashMap<>();
    private final Set<String> operationIds = new HashSet<>();

    private ClientDocument(ObjectNode exported, String service, String invokeUrl, List<String> problems) {
        this.exported = exported;
        this.service = service;
        this.invokeUrl = invokeUrl;
        this.problems = problems;
        this.schemas = new ClientSchemas(exported, problems);
    }

    /**
     * @param exported OpenAPI 3.0.1, with authorizers
     * @param service becomes the name of the client
     * @param problems gets a sentence for everything that clients cannot express
     */
    static ClientDocument of(ObjectNode exported, String service, String invokeUrl, List<String> problems) {
        ClientDocument document = new ClientDocument(exported, service, invokeUrl, problems);
        document.write();
        return document;
    }

    ObjectNode root() {
        return root;
    }

    String invokeUrl() {
        return invokeUrl;
    }

    /** What callers are asked for, by name: for the transport in JavaScript, which knows of signatures. */
    ObjectNode authentications() {
        return authentications;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void write() {
        root.put("openapi", "3.0.1");
        ObjectNode info = root.putObject("info");
        info.put("title", Text.plain(exported.at("/info/title").asText()));
        info.put("description", Text.plain(exported.at("/info/description").asText("")));
        info.put("version", Text.plain(exported.at("/info/version").asText()));
        root.putArray("servers").addObject().put("url", invokeUrl);
        writeSecuritySchemes();
        ObjectNode paths = root.putObject("paths");
        exported.path("paths").properties().forEach(path -> writePath(paths, path.getKey(), path.getValue()));
        ObjectNode components = root.putObject("components");
        components.set("schemas", schemas.all());
        components.set("securitySchemes", securitySchemes);
    }

    /** Names of authorizers are free text; here they are identifiers. */
    private void writeSecuritySchemes() {
        exported.at("/components/securitySchemes").properties().forEach(entry -> {
            JsonNode scheme = entry.getValue();
            String header = scheme.path("name").asText();
            boolean signed = "awsSigv4"
                    .equals(scheme.path("x-amazon-apigateway-authtype").asText());
            if (header.equals("Unused") || !PARAMETER.matcher(header).matches()) {
                return; // several identity sources, or none that a scheme could name
            }
            String name = free(
                    signed
                            ? "sigv4"
                            : header.equalsIgnoreCase("x-api-key")
                                    ? "api_key"
                                    : Text.identifier(entry.getKey(), "authorizer"));
            schemeNames.put(entry.getKey(), name);
            securitySchemes
                    .putObject(name)
                    .put("type", "apiKey")
                    .put("name", header)
                    .put("in", scheme.path("in").asText().equals("query") ? "query" : "header");
            authentications.set(
                    name,
                    signed
                            ? object().put("type", "sigv4")
                            : securitySchemes.get(name).deepCopy());
        });
    }

    private String free(String name) {
        return securitySchemes.has(name) ? free(name + "_") : name;
    }

    private void writePath(ObjectNode paths, String path, JsonNode methods) {
        if (!SEGMENTS.matcher(path).matches()) {
            problems.add(
                    "Resource path " + Text.plain(path) + " has characters that cannot be written in every language");
            return;
        }
        ObjectNode written = object();
        methods.properties().forEach(method -> {
            if (VERBS.contains(method.getKey())) {
                writeOperation(written.putObject(method.getKey()), path, method.getKey(), method.getValue());
            }
        });
        if (!written.isEmpty()) {
            paths.set(PATH_PARAMETER.matcher(path).replaceAll("{$1}"), written);
        }
    }

    private void writeOperation(ObjectNode written, String path, String verb, JsonNode operation) {
        String place = verb.toUpperCase(Locale.ROOT) + " " + path;
        written.putArray("tags").add(service);
        String given = operation.path("operationId").asText("");
        String id = Text.camel(given.isEmpty() ? path.replaceAll("[{}]", "") + " " + verb : given);
        if (id.isEmpty()) {
            problems.add("The operation name of " + place + " has no letter and no digit");
        } else if (!operationIds.add(id.toLowerCase(Locale.ROOT))) {
            problems.add("Two methods would be called " + id + "; one is " + place + ". Give them operation names");
        }
        written.put("operationId", id.isEmpty() ? id : id.substring(0, 1).toLowerCase(Locale.ROOT) + id.substring(1));
        text(written, "summary", operation);
        text(written, "description", operation);
        writeParameters(written, path, place, operation);
        writePayload(written, place, verb, operation);
        writeResponses(written.putObject("responses"), place, verb, operation);
        ObjectNode security = object();
        operation
                .path("security")
                .forEach(one -> one.fieldNames().forEachRemaining(name -> {
                    if (schemeNames.containsKey(name)) {
                        security.putArray(schemeNames.get(name));
                    }
                }));
        if (!security.isEmpty()) {
            written.putArray("security").add(security);
        }
    }

    private static void text(ObjectNode written, String member, JsonNode source) {
        String text = Text.plain(source.path(member).asText(""));
        if (!text.isEmpty()) {
            written.put(member, text);
        }
    }

    private void writeParameters(ObjectNode written, String path, String place, JsonNode operation) {
        Set<String> missing = new LinkedHashSet<>();
        Matcher inPath = PATH_PARAMETER.matcher(path);
        while (inPath.find()) {
            missing.add(inPath.group(1));
        }
        ArrayNode parameters = written.putArray("parameters");
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            String in = parameter.path("in").asText();
            if (in.equals("header") && SAID_ELSEWHERE.contains(name.toLowerCase(Locale.ROOT))
                    || in.equals("path") && !missing.remove(name)) {
                continue;
            }
            if (!PARAMETER.matcher(name).matches()) {
                problems.add("Parameter " + Text.plain(name) + " of " + place
                        + " has characters that cannot be written in every language");
                continue;
            }
            text(parameter(parameters, name, in, parameter.path("required").asBoolean()), "description", parameter);
        }
        missing.forEach(name -> parameter(parameters, name, "path", true));
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String in, boolean required) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
        parameter.put("required", required || in.equals("path"));
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    /** A method that has no model for its payload takes any JSON. */
    private void writePayload(ObjectNode written, String place, String verb, JsonNode operation) {
        JsonNode models = operation.at("/requestBody/content");
        if (models.isEmpty() && WITH_PAYLOAD.contains(verb)) {
            written.putObject("requestBody")
                    .putObject("content")
                    .putObject("application/json")
                    .putObject("schema");
        } else if (!models.isEmpty()) {
            ObjectNode body = written.putObject("requestBody").put("required", true);
            text(body, "description", operation.path("requestBody"));
            if (!writeContent(body.putObject("content"), models)) {
                problems.add("The payload of " + place + " is not JSON, and clients write nothing else");
            }
        }
    }

    private void writeResponses(ObjectNode responses, String place, String verb, JsonNode operation) {
        operation.path("responses").properties().forEach(entry -> {
            if (!STATUS.matcher(entry.getKey()).matches()) {
                problems.add("Status code " + Text.plain(entry.getKey()) + " of " + place + " is none");
                return;
            }
            ObjectNode response = responses.putObject(entry.getKey());
            response.put(
                    "description",
                    Text.plain(entry.getValue().path("description").asText("")));
            JsonNode models = entry.getValue().path("content");
            if (!models.isEmpty()) {
                ObjectNode content = object();
                if (writeContent(content, models)) {
                    response.set("content", content);
                }
            } else if (entry.getKey().matches("2\\d\\d") && !entry.getKey().equals("204") && !verb.equals("head")) {
                anyJson(response);
            }
        });
        if (responses.isEmpty()) {
            ObjectNode response = responses.putObject("200").put("description", "200 response");
            if (!verb.equals("head")) {
                anyJson(response);
            }
        }
    }

    private static void anyJson(ObjectNode response) {
        response.putObject("content").putObject("application/json").putObject("schema");
    }

    /** @return whether one of the media types is JSON */
    private boolean writeContent(ObjectNode content, JsonNode models) {
        models.properties().forEach(entry -> {
            String type = entry.getKey();
            if (MEDIA_TYPE.matcher(type).matches() && (type.endsWith("/json") || type.endsWith("+json"))) {
                content.putObject(type)
                        .set("schema", schemas.use(entry.getValue().path("schema")));
            }
        });
        return !content.isEmpty();
    }
}
