package dev.gatehouse.compile;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.AuthorizationType;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which methods of an API nobody has to prove anything for. Perhaps on purpose, perhaps forgotten: an owner should be told.
 *
 * <p>A resource policy is asked what it says of a stranger: nobody in particular, at an address of the internet. What it lets in
 * only from a network, or only with a certain header, is not named.
 *
 * @param open anyone may call them
 * @param keyOnly an API key is all they want, which is for counting callers rather than for keeping them out (API Gateway
 *     developer guide, "API keys")
 */
public record Exposure(List<String> open, List<String> keyOnly) {

    private static final int SHOWN = 20;
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    /** An address of TEST-NET-3, which belongs to nobody (RFC 5737). */
    private static final ConditionKeys STRANGER = ConditionKeys.builder()
            .add("aws:SourceIp", "203.0.113.1")
            .add("aws:SecureTransport", "true")
            .build();

    public Exposure {
        open = List.copyOf(open);
        keyOnly = List.copyOf(keyOnly);
    }

    /**
     * @param stageNames where it is served; a method that is open in some of them only is named with these
     * @param apiArn what policies call it
     */
    static Exposure of(ApiDefinition definition, Collection<String> stageNames, String apiArn) {
        String text = definition.restApi().policy();
        Policy policy = ResourcePolicyCompiler.compile(text, apiArn, Place.root("policy"));
        if (policy == null && text != null && !text.isEmpty()) {
            return new Exposure(List.of(), List.of()); // cannot be read, so nothing is served
        }
        List<String> open = new ArrayList<>();
        List<String> keyOnly = new ArrayList<>();
        for (Resource resource : definition.resources()) {
            resource.resourceMethods().forEach((verb, method) -> {
                if (method.authorizationType() == AuthorizationType.NONE) {
                    where(policy, apiArn, stageNames, verb, resource.path())
                            .ifPresent(named -> (method.apiKeyRequired() ? keyOnly : open).add(named));
                }
            });
        }
        return new Exposure(open, keyOnly);
    }

    /** @return verb and path, and the stages where a stranger may call it if those are not all; empty where he may nowhere */
    private static Optional<String> where(
            Policy policy, String apiArn, Collection<String> stageNames, String verb, String path) {
        List<String> stages = stageNames.stream()
                .filter(stage -> policy == null || letsIn(policy, apiArn + "/" + stage + "/", verb, path))
                .toList();
        String all = stages.size() == stageNames.size() ? "" : " (" + String.join(", ", stages) + ")";
        return stages.isEmpty() ? Optional.empty() : Optional.of(verb + " " + path + all);
    }

    private static boolean letsIn(Policy policy, String stageArn, String verb, String path) {
        return (verb.equals("ANY") ? VERBS : List.of(verb))
                .stream()
                        .map(one -> new PolicyQuery(List.of(), "execute-api:Invoke", stageArn + one + path, STRANGER))
                        .anyMatch(query -> policy.evaluate(query).verdict() == Verdict.ALLOW);
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
