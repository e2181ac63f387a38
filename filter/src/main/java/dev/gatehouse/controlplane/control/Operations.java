package dev.gatehouse.controlplane.control;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The one table of all operations. Immutable and thread-safe. */
final class Operations {

    static final Operations ALL = new Operations(Stream.of(
                    ImportOperations.ALL,
                    RestApiOperations.ALL,
                    ResourceOperations.ALL,
                    MethodOperations.ALL,
                    MethodResponseOperations.ALL,
                    TestInvokeOperations.ALL,
                    IntegrationOperations.ALL,
                    IntegrationResponseOperations.ALL,
                    ModelOperations.ALL,
                    RequestValidatorOperations.ALL,
                    GatewayResponseOperations.ALL,
                    DeploymentOperations.ALL,
                    StageOperations.ALL,
                    ApiKeyOperations.ALL,
                    UsagePlanOperations.ALL,
                    UsagePlanKeyOperations.ALL,
                    UsageOperations.ALL,
                    AuthorizerOperations.ALL,
                    DocumentationPartOperations.ALL,
                    DocumentationVersionOperations.ALL,
                    ExportOperations.ALL,
                    SdkOperations.ALL,
                    TagOperations.ALL,
                    AccountOperations.ALL,
                    VpcLinkOperations.ALL,
                    ClientCertificateOperations.ALL,
                    DomainNameOperations.ALL,
                    BasePathMappingOperations.ALL,
                    ChangeOperations.ALL,
                    TraceOperations.ALL,
                    AccessAssociationOperations.ALL)
            .flatMap(List::stream)
            .toList());

    /** An operation, and what its labels stand for. */
    record Match(Operation operation, Map<String, String> labels) {}

    private record Pattern(Operation operation, List<String> segments) {}

    private final List<Pattern> patterns;

    Operations(List<Operation> operations) {
        patterns = operations.stream()
                .map(operation -> new Pattern(
                        operation, List.of(operation.path().substring(1).split("/"))))
                .toList();
        Set<String> names = new HashSet<>();
        for (Operation operation : operations) {
            if (!names.add(operation.name())) {
                throw new IllegalStateException("operation " + operation.name() + " is there twice");
            }
        }
    }

    List<Operation> list() {
        return patterns.stream().map(Pattern::operation).toList();
    }

    /** The first operation in the order of the table. Two paths never match the same request, but for those with a query. */
    Optional<Match> find(String method, Target target) {
        for (Pattern pattern : patterns) {
            if (pattern.operation().method().equals(method)) {
                Map<String, String> labels = labels(pattern.segments(), target.segments());
                if (labels != null && pattern.operation().applies().test(target)) {
                    return Optional.of(new Match(pattern.operation(), labels));
                }
            }
        }
        return Optional.empty();
    }

    /** @return null where the segments are others */
    private static Map<String, String> labels(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return null;
        }
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            String actual = segments.get(i);
            if (expected.startsWith("{") && !actual.isEmpty()) {
                labels.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return null;
            }
        }
        return labels;
    }
}
