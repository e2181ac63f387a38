package dev.gatehouse.engine.expression;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.json.JsonQuery;
import dev.gatehouse.engine.json.JsonText;
import java.util.List;
import java.util.function.Function;

/**
 * The right side of a parameter mapping: where a value comes from. Source: API Gateway developer guide, "parameter mapping".
 *
 * <p>Thread-safe. Header, query and path names are compared exactly as the client, or the backend, spelled them.
 */
public final class MappingSource {

    /** Which sources a mapping may have depends on where it stands. */
    public enum Side {
        /** {@code integration.request.*}: method request, context, stage variables, literals. */
        REQUEST,
        /** {@code method.response.header.*}: integration response, context, stage variables, literals. */
        RESPONSE,
        /** {@code gatewayresponse.header.*}: method request parameters but no body, context, stage variables, literals. */
        GATEWAY_RESPONSE
    }

    private static final String ERROR_MEMBER = "body.errorMessage.";
    private static final JsonQuery ERROR_MESSAGE = JsonQuery.compile("$.errorMessage");

    private final Function<CallFacts, List<String>> values;
    private final boolean encoded;
    private final boolean readsBody;

    private MappingSource(Function<CallFacts, List<String>> values, boolean encoded, boolean readsBody) {
        this.values = values;
        this.encoded = encoded;
        this.readsBody = readsBody;
    }

    /**
     * @return one value, several for {@code multivaluequerystring}, none where the source is absent and the mapping is to be
     *     skipped
     * @throws InvalidJsonBodyException where the body had to be JSON and is not
     */
    public List<String> values(CallFacts facts) {
        return values.apply(facts);
    }

    /** Whether values are still percent-encoded, as path parameters are. */
    public boolean encoded() {
        return encoded;
    }

    /** Whether values come from the body, so that somebody must have received it. */
    public boolean readsBody() {
        return readsBody;
    }

    /** @throws ExpressionSyntaxException where the text is none of the sources of that side */
    public static MappingSource parse(String text, Side side) {
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            List<String> literal = List.of(text.substring(1, text.length() - 1));
            return new MappingSource(facts -> literal, false, false);
        }
        if (text.startsWith("context.")) {
            return contextVariable(text);
        }
        if (text.startsWith("stageVariables.")) {
            String name = text.substring("stageVariables.".length());
            return single(facts -> facts.stageVariables().get(name));
        }
        if (side == Side.RESPONSE && text.startsWith("integration.response.")) {
            return reply(text, text.substring("integration.response.".length()));
        }
        if (side != Side.RESPONSE && text.startsWith("method.request.")) {
            return request(text, text.substring("method.request.".length()), side);
        }
        throw new ExpressionSyntaxException("'" + text + "' is not a mapping source; expected " + expected(side));
    }

    private static String expected(Side side) {
        String own = switch (side) {
            case REQUEST ->
                "method.request.{path|querystring|header|multivaluequerystring|multivalueheader}.name,"
                        + " method.request.body[.path]";
            case RESPONSE -> "integration.response.{header|multivalueheader}.name, integration.response.body[.path]";
            case GATEWAY_RESPONSE ->
                "method.request.{path|querystring|header|multivaluequerystring|multivalueheader}" + ".name";
        };
        return own + ", context.name, stageVariables.name or a literal in single quotes";
    }

    private static MappingSource contextVariable(String text) {
        String name = text.substring("context.".length());
        ContextVariable variable = ContextVariable.named(name)
                .orElseThrow(() -> new ExpressionSyntaxException("there is no context variable '" + name + "'"));
        return single(facts -> variable.of(facts.context()));
    }

    private static MappingSource request(String text, String rest, Side side) {
        if (rest.equals("body") || rest.startsWith("body.")) {
            if (side == Side.GATEWAY_RESPONSE) {
                throw new ExpressionSyntaxException("'" + text + "': a gateway response cannot map the body");
            }
            return body(rest, CallFacts::body);
        }
        int dot = rest.indexOf('.');
        String name = dot < 0 ? "" : rest.substring(dot + 1);
        if (name.isEmpty()) {
            throw new ExpressionSyntaxException("'" + text + "' names no parameter");
        }
        return switch (rest.substring(0, dot)) {
            case "path" -> new MappingSource(facts -> listOf(facts.path().get(name)), true, false);
            case "querystring" -> single(facts -> facts.query().last(name));
            case "header" -> single(facts -> facts.headers().lastExact(name));
            case "multivaluequerystring" ->
                new MappingSource(facts -> facts.query().all(name), false, false);
            case "multivalueheader" -> single(facts -> joined(facts.headers().allExact(name)));
            default ->
                throw new ExpressionSyntaxException(
                        "'" + text + "' is not a mapping source; expected " + expected(side));
        };
    }

    private static MappingSource reply(String text, String rest) {
        if (rest.equals("body") || rest.startsWith("body.")) {
            return rest.startsWith(ERROR_MEMBER)
                    ? errorMember(rest.substring(ERROR_MEMBER.length()))
                    : body(rest, facts -> facts.reply().body());
        }
        if (rest.startsWith("header.") && rest.length() > "header.".length()) {
            String name = rest.substring("header.".length());
            return single(facts -> facts.reply().headers().lastExact(name));
        }
        if (rest.startsWith("multivalueheader.") && rest.length() > "multivalueheader.".length()) {
            String name = rest.substring("multivalueheader.".length());
            return single(facts -> joined(facts.reply().headers().allExact(name)));
        }
        throw new ExpressionSyntaxException(
                "'" + text + "' is not a mapping source; expected " + expected(Side.RESPONSE));
    }

    private static MappingSource body(String rest, Function<CallFacts, JsonText> body) {
        if (rest.equals("body")) {
            return ofBody(facts -> body.apply(facts).text().isEmpty()
                    ? "{}"
                    : body.apply(facts).text());
        }
        JsonQuery query = query(rest.substring("body.".length()));
        return ofBody(facts -> text(find(query, body.apply(facts))));
    }

    /** Functions put documents into their error messages, and mappings reach into them as if they were members. */
    private static MappingSource errorMember(String path) {
        JsonQuery inner = query(path);
        return ofBody(facts -> {
            Object message = find(ERROR_MESSAGE, facts.reply().body());
            Object document = message instanceof String text ? JsonText.of(text).tree() : message;
            return text(inner.read(document));
        });
    }

    private static JsonQuery query(String path) {
        return JsonQuery.compile(path.startsWith("$") ? path : "$." + path);
    }

    private static Object find(JsonQuery query, JsonText text) {
        if (text.isJson()) {
            return query.read(text.tree());
        }
        if (promisesJson(text.text())) {
            throw new InvalidJsonBodyException();
        }
        return JsonQuery.MISSING;
    }

    private static String text(Object value) {
        if (value == JsonQuery.MISSING || value == null) {
            return null;
        }
        return value instanceof String string ? string : Json.write(value);
    }

    /** Amazon parses a body only if it begins like JSON; any other text is a body without members. */
    private static boolean promisesJson(String text) {
        String trimmed = text.trim();
        return !trimmed.isEmpty() && "{[\"'".indexOf(trimmed.charAt(0)) >= 0;
    }

    private static MappingSource single(Function<CallFacts, String> value) {
        return new MappingSource(facts -> listOf(value.apply(facts)), false, false);
    }

    private static MappingSource ofBody(Function<CallFacts, String> value) {
        return new MappingSource(facts -> listOf(value.apply(facts)), false, true);
    }

    private static List<String> listOf(String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static String joined(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }
}
