package dev.gatehouse.compile;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * Which methods of an API nobody has to prove anything for. Perhaps on purpose, perhaps forgotten: an owner should be told.
 *
 * @param open anyone may call them; empty where a resource policy decides
 * @param keyOnly an API key is all they want, which is for counting callers rather than for keeping them out (API Gateway
 *     developer guide, "API keys")
 */
public record Exposure(List<String> open, List<String> keyOnly) {

    private static final int SHOWN = 20;

    public Exposure {
        open = List.copyOf(open);
        keyOnly = List.copyOf(keyOnly);
    }

    public static Exposure of(ApiDefinition definition) {
        boolean policy = definition.restApi().policy() != null
                && !definition.restApi().policy().isEmpty();
        List<String> open = new ArrayList<>();
        List<String> keyOnly = new ArrayList<>();
        for (Resource resource : definition.resources()) {
            resource.resourceMethods().forEach((verb, method) -> {
                if (!policy && isUnproven(method)) {
                    (method.apiKeyRequired() ? keyOnly : open).add(verb + " " + resource.path());
                }
            });
        }
        return new Exposure(open, keyOnly);
    }

    private static boolean isUnproven(Method method) {
        return method.authorizationType() == AuthorizationType.NONE;
    }

    /** @return sentences for a log; none where there is nothing to tell */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>(2);
        if (!open.isEmpty()) {
            sentences.add("anyone may call " + shown(open));
        }
        if (!keyOnly.isEmpty()) {
            sentences.add("an API key is all that protects " + shown(keyOnly));
        }
        return sentences;
    }

    private static String shown(List<String> methods) {
        String first = String.join(", ", methods.subList(0, Math.min(SHOWN, methods.size())));
        return methods.size() <= SHOWN ? first : first + " and " + (methods.size() - SHOWN) + " more";
    }
}
