package dev.gatehouse.dataplane.snapshot;

import dev.gatehouse.engine.expression.MappingSource;
import dev.gatehouse.engine.pattern.BoundedPattern;
import java.util.List;
import java.util.Optional;

/**
 * The integration responses of a method. The first whose pattern matches answers; else the first without pattern. Immutable.
 */
public final class ResponseMappings {

    /** Of a proxy, which has none. */
    public static final ResponseMappings NONE = new ResponseMappings(List.of());

    /**
     * @param pattern null for the default
     * @param status of the method response
     * @param headers {@code method.response.header.*}
     * @param templates the body's templates
     * @param contentHandling null where payloads pass as they are
     */
    public record ResponseMapping(
            BoundedPattern pattern,
            int status,
            List<Parameter> headers,
            Templates templates,
            ContentHandling contentHandling) {

        /** The pattern as it was written; null for the default. */
        public String selectionPattern() {
            return pattern == null ? null : pattern.toString();
        }
    }

    /** A header of the answer, and where its value comes from. */
    public record Parameter(String name, MappingSource source) {}

    private final List<ResponseMapping> withPattern;
    private final Optional<ResponseMapping> byDefault;

    private ResponseMappings(List<ResponseMapping> mappings) {
        withPattern =
                mappings.stream().filter(mapping -> mapping.pattern() != null).toList();
        byDefault =
                mappings.stream().filter(mapping -> mapping.pattern() == null).findFirst();
    }

    public static ResponseMappings of(List<ResponseMapping> mappings) {
        return new ResponseMappings(mappings);
    }

    /** @param text the status code, or a Lambda function's error message */
    public Optional<ResponseMapping> select(String text) {
        for (ResponseMapping mapping : withPattern) {
            if (mapping.pattern().matches(text)) {
                return Optional.of(mapping);
            }
        }
        return byDefault;
    }
}
