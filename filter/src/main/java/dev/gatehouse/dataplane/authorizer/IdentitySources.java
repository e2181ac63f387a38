package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.expression.ContextVariable;
import dev.gatehouse.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What of a call tells who calls, compiled. Header names are compared without case: to whom a token belongs must not depend on
 * how a client spells a name. Immutable and thread-safe. Source: API Gateway API reference, CreateAuthorizer, {@code
 * identitySource}.
 */
public final class IdentitySources {

    private static final String HEADER = "method.request.header.";
    private static final String QUERY = "method.request.querystring.";
    private static final String VARIABLE = "stageVariables.";
    private static final String CONTEXT = "context.";

    /** None, as a REQUEST authorizer may have that keeps nothing. */
    public static final IdentitySources NONE = new IdentitySources(List.of(), List.of());

    private final List<Function<CallFacts, List<String>>> sources;
    private final List<Function<CallFacts, List<String>>> ofCaller;

    /** @param ofCaller those among them whose values callers write */
    private IdentitySources(
            List<Function<CallFacts, List<String>>> sources, List<Function<CallFacts, List<String>>> ofCaller) {
        this.sources = List.copyOf(sources);
        this.ofCaller = List.copyOf(ofCaller);
    }

    /**
     * @param text mapping expressions with commas in between
     * @throws IllegalArgumentException naming the one that is no identity source
     */
    public static IdentitySources parse(String text) {
        List<Function<CallFacts, List<String>>> sources = new ArrayList<>();
        List<Function<CallFacts, List<String>>> ofCaller = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            Function<CallFacts, List<String>> source = source(name);
            sources.add(source);
            if (name.startsWith(HEADER) || name.startsWith(QUERY)) {
                ofCaller.add(source);
            }
        }
        return new IdentitySources(sources, ofCaller);
    }

    /**
     * @param text {@code method.request.header.Name}
     * @throws IllegalArgumentException where it is anything else
     */
    public static String headerName(String text) {
        if (text == null || !text.startsWith(HEADER) || text.length() == HEADER.length() || text.contains(",")) {
            throw new IllegalArgumentException("'" + text + "' is not one header: method.request.header.name");
        }
        return text.substring(HEADER.length());
    }

    /**
     * The one line of a header.
     *
     * @return null where there is none, an empty one, or several: nobody could say which of them counts
     */
    static String onlyLine(Headers headers, String name) {
        String first = headers.first(name);
        boolean one = first != null && !first.isBlank() && headers.all(name).size() == 1;
        return one ? first : null;
    }

    /**
     * All values as one text that no other values lead to: each has its length in front.
     *
     * @return null where one of the sources is missing or empty
     */
    String identity(CallFacts facts) {
        StringBuilder text = new StringBuilder(64);
        for (Function<CallFacts, List<String>> source : sources) {
            List<String> values = source.apply(facts);
            text.append(values.size()).append(';');
            boolean something = false;
            for (String value : values) {
                something |= !value.isEmpty();
                text.append(value.length()).append(':').append(value);
            }
            if (!something) {
                return null;
            }
        }
        return text.toString();
    }

    /** What the caller has written of it; stage variables and the like are no secrets. */
    List<String> shown(CallFacts facts) {
        List<String> values = new ArrayList<>();
        ofCaller.forEach(source -> values.addAll(source.apply(facts)));
        return values;
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    private static Function<CallFacts, List<String>> source(String text) {
        if (text.startsWith(HEADER) && text.length() > HEADER.length()) {
            String header = text.substring(HEADER.length());
            return facts -> facts.headers().all(header);
        }
        if (text.startsWith(QUERY) && text.length() > QUERY.length()) {
            String parameter = text.substring(QUERY.length());
            return facts -> facts.query().toMultiMap().getOrDefault(parameter, List.of());
        }
        if (text.startsWith(VARIABLE) && text.length() > VARIABLE.length()) {
            String variable = text.substring(VARIABLE.length());
            return facts -> listOf(facts.stageVariables().get(variable));
        }
        if (text.startsWith(CONTEXT)) {
            String named = text.substring(CONTEXT.length());
            ContextVariable variable = ContextVariable.named(named)
                    .orElseThrow(() -> new IllegalArgumentException("there is no context variable '" + named + "'"));
            return facts -> listOf(variable.of(facts.context()));
        }
        throw new IllegalArgumentException("'" + text + "' is not an identity source; expected"
                + " method.request.header.name, method.request.querystring.name, context.name or stageVariables.name");
    }

    private static List<String> listOf(String value) {
        return value == null ? List.of() : List.of(value);
    }
}
