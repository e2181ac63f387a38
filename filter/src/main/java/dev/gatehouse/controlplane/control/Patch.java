package dev.gatehouse.controlplane.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an update of one kind of resource may change: its declared paths, each with the operations it takes. Applied in order, all
 * or nothing. Immutable and thread-safe once it is put together.
 *
 * @param <T> the definition; a change gives a new one
 */
final class Patch<T> {

    /** @throws ControlError where the value is wrong */
    interface Change<T> {
        T apply(T before, PatchOperation operation);
    }

    /** How a kind of resource words what it does not support. */
    interface Wording {
        /** No declared path is like this one, for any operation. */
        ControlError unknownPath(PatchOperation operation, Set<String> pathsForThisOp);

        /** The path is declared, for other operations. */
        ControlError unsupportedOp(PatchOperation operation, Set<String> opsOfThisPath);
    }

    /** Recorded for Resource, Model, RequestValidator, DocumentationPart and ApiKey: looks at the operation first. */
    static final Wording LISTING = new Wording() {
        @Override
        public ControlError unknownPath(PatchOperation operation, Set<String> pathsForThisOp) {
            if (pathsForThisOp.isEmpty()) {
                return unsupportedOp(operation, Set.of());
            }
            return ControlError.badRequest("Invalid patch path  '" + operation.path() + "' specified for op '"
                    + operation.op() + "'. Must be one of: " + pathsForThisOp);
        }

        @Override
        public ControlError unsupportedOp(PatchOperation operation, Set<String> opsOfThisPath) {
            return ControlError.badRequest("Invalid patch path  '" + operation.path() + "' specified for op '"
                    + operation.op() + "'. Please choose supported operations");
        }
    };

    /** Recorded for RestApi, Method, MethodResponse and GatewayResponse. */
    static final Wording PLAIN = new Wording() {
        @Override
        public ControlError unknownPath(PatchOperation operation, Set<String> pathsForThisOp) {
            return ControlError.badRequest("Invalid patch path " + operation.path());
        }

        @Override
        public ControlError unsupportedOp(PatchOperation operation, Set<String> opsOfThisPath) {
            return ControlError.badRequest("Invalid patch operation specified. Must be one of: " + opsOfThisPath);
        }
    };

    private static final String WILDCARD = "*";

    private record Rule<T>(Set<String> ops, String path, List<String> tokens, Change<T> change) {}

    private final Wording wording;
    private final List<Rule<T>> rules = new ArrayList<>();

    private Patch(Wording wording) {
        this.wording = wording;
    }

    static <T> Patch<T> of(Wording wording) {
        return new Patch<>(wording);
    }

    /**
     * Declares a path.
     *
     * @param ops separated by blanks, such as {@code add replace}
     * @param path a segment {@code *} is any segment; its unescaped text is a token of the operation
     */
    Patch<T> on(String ops, String path, Change<T> change) {
        rules.add(new Rule<>(
                new TreeSet<>(List.of(ops.split(" "))),
                path,
                List.of(path.substring(1).split("/")),
                change));
        return this;
    }

    /** @return the definition after all operations; no change is kept where one of them is refused */
    T apply(T before, List<PatchOperation> operations) {
        T result = before;
        for (PatchOperation operation : operations) {
            result = apply(result, operation);
        }
        return result;
    }

    private T apply(T before, PatchOperation operation) {
        if (operation.path() == null) {
            throw ControlError.badRequest("Invalid patch path null");
        }
        Set<String> opsOfThisPath = new LinkedHashSet<>();
        for (Rule<T> rule : rules) {
            List<String> tokens = match(rule.tokens(), operation.path());
            if (tokens != null) {
                if (rule.ops().contains(operation.op())) {
                    return rule.change()
                            .apply(
                                    before,
                                    new PatchOperation(
                                            operation.op(),
                                            operation.path(),
                                            operation.value(),
                                            operation.from(),
                                            tokens));
                }
                opsOfThisPath.addAll(rule.ops());
            }
        }
        throw opsOfThisPath.isEmpty()
                ? wording.unknownPath(operation, pathsFor(operation.op()))
                : wording.unsupportedOp(operation, opsOfThisPath);
    }

    private Set<String> pathsFor(String op) {
        Set<String> paths = new LinkedHashSet<>();
        rules.stream().filter(rule -> rule.ops().contains(op)).forEach(rule -> paths.add(rule.path()));
        return paths;
    }

    /** @return what the wildcards stand for; null where the path is another one */
    private static List<String> match(List<String> declared, String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        String[] segments = path.substring(1).split("/", -1);
        if (segments.length != declared.size()) {
            return null;
        }
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < segments.length; i++) {
            if (declared.get(i).equals(WILDCARD) && !segments[i].isEmpty()) {
                tokens.add(segments[i].replace("~1", "/").replace("~0", "~"));
            } else if (!declared.get(i).equals(segments[i])) {
                return null;
            }
        }
        return tokens;
    }
}
