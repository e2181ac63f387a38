package dev.gatehouse.compile;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.IntegrationResponse;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where templates print what somebody sent between the quotes of a JSON string, as it is: a quote in it ends the string, and the
 * sender writes members of his own (API Gateway developer guide on {@code $util.escapeJavaScript}). Often a value is harmless,
 * so an owner is told and nothing is refused.
 *
 * @param findings one sentence for each; in the order of the definition
 */
public record UnescapedInput(List<String> findings) {

    private static final int SHOWN = 20;

    private static final Pattern INPUT = Pattern.compile("\\$!?\\{?input\\.(?:params|path)\\(");

    /** Numbers, whatever was sent. */
    private static final Pattern COUNT = Pattern.compile("\\.(?:size|length|indexOf)\\(");

    private static final Pattern DIRECTIVE = Pattern.compile("#(?:set|if|elseif|foreach)\\s*\\(");
    private static final Pattern NAME = Pattern.compile("\\$?!?\\{?[\\w.-]*}?");

    public UnescapedInput {
        findings = List.copyOf(findings);
    }

    public static UnescapedInput of(ApiDefinition definition) {
        List<String> findings = new ArrayList<>();
        for (Resource resource : definition.resources()) {
            resource.resourceMethods().forEach((verb, method) -> {
                String owner = definition.restApi().id() + " " + verb + " " + resource.path();
                look(method, owner, findings);
            });
        }
        return new UnescapedInput(findings);
    }

    private static void look(Method method, String owner, List<String> findings) {
        Integration integration = method.methodIntegration();
        if (integration == null) {
            return;
        }
        look(integration.requestTemplates(), owner + ", request template ", findings);
        for (IntegrationResponse response : integration.integrationResponses().values()) {
            String prefix = owner + ", template of response " + response.statusCode() + ", ";
            look(response.responseTemplates(), prefix, findings);
        }
    }

    private static void look(Map<String, String> templates, String prefix, List<String> findings) {
        templates.forEach((mediaType, template) -> {
            String text = template == null ? "" : template.strip();
            // what begins like XML has no JSON strings
            String[] lines = text.startsWith("<") ? new String[0] : text.split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                String found = printed(lines[i]);
                if (found != null) {
                    findings.add(
                            prefix + mediaType + ", line " + (i + 1) + ": " + found
                                    + " is printed unescaped in a JSON string; $util.escapeJavaScript or $input.json escapes it");
                }
            }
        });
    }

    /** @return null where the line prints nothing that was sent within a string */
    private static String printed(String line) {
        Matcher matcher = INPUT.matcher(line);
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && begins(matcher.usePattern(DIRECTIVE), i)) {
                i = end(line, matcher.end()) - 1;
            } else if (c == '$') {
                boolean input = begins(matcher.usePattern(INPUT), i);
                int end = input ? end(line, matcher.end()) : 0;
                if (input && quoted && !begins(matcher.usePattern(COUNT), end)) {
                    return line.substring(i, end);
                }
                i = afterReference(line, i, matcher.usePattern(NAME)) - 1;
            }
        }
        return null;
    }

    private static boolean begins(Matcher matcher, int at) {
        return matcher.region(at, matcher.regionEnd()).lookingAt();
    }

    /** What is in the parentheses of a call is not printed as it is. */
    private static int afterReference(String line, int from, Matcher name) {
        int at = from;
        do {
            at = begins(name, at) ? name.end() : at;
            boolean call = at < line.length() && line.charAt(at) == '(';
            if (!call) {
                return Math.max(at, from + 1);
            }
            at = end(line, at + 1);
        } while (at < line.length());
        return at;
    }

    private static int end(CharSequence line, int from) {
        int depth = 1;
        for (int i = from; i < line.length(); i++) {
            depth += line.charAt(i) == '(' ? 1 : line.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return line.length();
    }

    /** @return sentences for a log; none where there is nothing to tell */
    public List<String> sentences() {
        if (findings.size() <= SHOWN) {
            return findings;
        }
        List<String> first = new ArrayList<>(findings.subList(0, SHOWN));
        first.add("and " + (findings.size() - SHOWN) + " more templates print unescaped what was sent");
        return first;
    }
}
