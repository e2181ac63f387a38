package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.ContentHandling;
import dev.gatehouse.dataplane.snapshot.RequestMapping;
import dev.gatehouse.dataplane.snapshot.ResponseMappings;
import dev.gatehouse.dataplane.snapshot.ResponseMappings.ResponseMapping;
import dev.gatehouse.dataplane.snapshot.Templates;
import dev.gatehouse.definition.ContentHandlingStrategy;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationResponse;
import dev.gatehouse.engine.expression.MappingSource;
import dev.gatehouse.engine.expression.MappingSource.Side;
import dev.gatehouse.engine.pattern.BoundedPattern;
import dev.gatehouse.engine.template.MappingTemplate;
import dev.gatehouse.engine.template.TemplateEngine;
import dev.gatehouse.engine.template.TemplateSyntaxException;
import dev.gatehouse.http.HeaderLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parameter mappings and templates of an integration, both ways. */
final class MappingCompiler {

    /** API Gateway quotas: size of a mapping template. */
    private static final int TEMPLATE_LIMIT = 300 * 1024;

    private static final Pattern REQUEST_TARGET =
            Pattern.compile("integration\\.request\\.(header|querystring|path)\\.(.+)");

    private static final String NO_HEADER = "a header name holds a character that HTTP does not allow";

    private final TemplateEngine engine;

    MappingCompiler(TemplateEngine engine) {
        this.engine = engine;
    }

    /** @param owner API, verb and path of the method, for the execution log */
    RequestMapping request(Integration integration, String owner, Place place) {
        List<RequestMapping.Parameter> headers = new ArrayList<>();
        List<RequestMapping.Parameter> querystrings = new ArrayList<>();
        List<RequestMapping.Parameter> paths = new ArrayList<>();
        integration.requestParameters().forEach((target, text) -> {
            Place at = place.at("requestParameters").at(target);
            MappingSource source = at.parsed(() -> MappingSource.parse(text, Side.REQUEST), null);
            Matcher matcher = REQUEST_TARGET.matcher(target);
            if (!matcher.matches()) {
                at.problem("expected integration.request.{header|querystring|path}.name");
            } else if (matcher.group(1).equals("header") && !HeaderLine.isToken(matcher.group(2))) {
                at.problem(NO_HEADER);
            } else if (source != null) {
                List<RequestMapping.Parameter> list = switch (matcher.group(1)) {
                    case "header" -> headers;
                    case "querystring" -> querystrings;
                    default -> paths;
                };
                list.add(new RequestMapping.Parameter(matcher.group(2), source));
            }
        });
        return new RequestMapping(
                List.copyOf(headers),
                List.copyOf(querystrings),
                List.copyOf(paths),
                templates(integration.requestTemplates(), owner + ", request template ", place.at("requestTemplates")),
                integration.passthroughBehavior() == null
                        ? RequestMapping.Passthrough.WHEN_NO_MATCH
                        : RequestMapping.Passthrough.valueOf(
                                integration.passthroughBehavior().name()),
                contentHandling(integration.contentHandling()));
    }

    /** @param owner API, verb and path of the method, for the execution log */
    ResponseMappings responses(Map<String, IntegrationResponse> responses, String owner, Place place) {
        List<ResponseMapping> mappings = new ArrayList<>();
        for (IntegrationResponse response : responses.values()) {
            String pattern = response.selectionPattern();
            boolean byDefault = pattern == null || pattern.isEmpty();
            ResponseMapping mapping =
                    response(response, byDefault ? null : pattern, owner, place.at(byDefault ? "default" : pattern));
            if (mapping != null) {
                mappings.add(mapping);
            }
        }
        return ResponseMappings.of(mappings);
    }

    private ResponseMapping response(IntegrationResponse response, String pattern, String owner, Place place) {
        List<ResponseMappings.Parameter> headers = headers(
                response.responseParameters(),
                "method.response.header.",
                Side.RESPONSE,
                place.at("responseParameters"));
        String ofStatus = owner + ", template of response " + response.statusCode() + ", ";
        Templates templates = templates(response.responseTemplates(), ofStatus, place.at("responseTemplates"));
        BoundedPattern compiled = pattern == null ? null : place.parsed(() -> BoundedPattern.compile(pattern), null);
        boolean broken = pattern != null && compiled == null;
        Integer status = status(response.statusCode(), place.at("statusCode"));
        return broken || status == null
                ? null
                : new ResponseMapping(
                        compiled, status, headers, templates, contentHandling(response.contentHandling()));
    }

    /** Headers of an answer: {@code method.response.header.X} or {@code gatewayresponse.header.X}. */
    static List<ResponseMappings.Parameter> headers(
            Map<String, String> parameters, String prefix, Side side, Place place) {
        List<ResponseMappings.Parameter> headers = new ArrayList<>();
        parameters.forEach((target, text) -> {
            Place at = place.at(target);
            MappingSource source = at.parsed(() -> MappingSource.parse(text, side), null);
            if (!target.startsWith(prefix) || target.length() == prefix.length()) {
                at.problem("expected " + prefix + "name");
            } else if (!HeaderLine.isToken(target.substring(prefix.length()))) {
                at.problem(NO_HEADER);
            } else if (source != null) {
                headers.add(new ResponseMappings.Parameter(target.substring(prefix.length()), source));
            }
        });
        return List.copyOf(headers);
    }

    static Integer status(String text, Place place) {
        if (text != null && text.matches("[2-5][0-9][0-9]")) {
            return Integer.valueOf(text);
        }
        boolean interim = text != null && text.matches("1[0-9][0-9]");
        place.problem("'" + text + "' is not a status code" + (interim ? " that can end a call" : ""));
        return null;
    }

    /** @param prefix of the names of the templates, which are the first that a log says of a failure */
    private Templates templates(Map<String, String> sources, String prefix, Place place) {
        Map<String, Optional<MappingTemplate>> templates = new LinkedHashMap<>();
        sources.forEach((mediaType, source) -> {
            Place at = place.at(mediaType);
            if (source == null || source.isEmpty()) {
                templates.put(mediaType, Optional.empty());
            } else if (source.length() > TEMPLATE_LIMIT) {
                at.problem("the template has " + source.length() + " characters; " + TEMPLATE_LIMIT + " are allowed");
            } else {
                String name = prefix + mediaType;
                try {
                    templates.put(mediaType, Optional.of(engine.compile(name, source)));
                } catch (TemplateSyntaxException e) {
                    // the engine names the template, which is this very place
                    at.problem(e.getMessage().replace(name + ", ", "").replace(" at " + name, ""));
                }
            }
        });
        return Templates.of(templates);
    }

    private static ContentHandling contentHandling(ContentHandlingStrategy strategy) {
        return strategy == null ? null : ContentHandling.valueOf(strategy.name());
    }
}
