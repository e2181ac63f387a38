package dev.gatehouse.controlplane.openapi;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What an export needs to know besides the definition.
 *
 * @param extensions which of API Gateway's extensions are written; empty for a document of plain OpenAPI
 * @param host where the API is called, such as {@code abc.execute-api.eu-west-1.amazonaws.com}
 * @param stage becomes the base path
 * @param documentationVersion version that the documentation parts of the definition are a snapshot of; null leaves
 *     documentation out
 * @param frozen moment of the deployment: the version of an API that has none
 */
public record ExportOptions(
        Format format,
        Syntax syntax,
        Set<Extension> extensions,
        String host,
        String stage,
        String documentationVersion,
        Instant frozen) {

    /** The export types of GetExport. */
    public enum Format {
        /** Swagger 2.0. */
        SWAGGER("swagger"),
        /** OpenAPI 3.0.1. */
        OAS30("oas30");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        /** @return null for any other word than {@code swagger} and {@code oas30} */
        public static Format parse(String word) {
            for (Format format : values()) {
                if (format.word.equals(word)) {
                    return format;
                }
            }
            return null;
        }

        /** As the export type is written. */
        @Override
        public String toString() {
            return word;
        }
    }

    public enum Syntax {
        JSON,
        YAML
    }

    /** What the {@code extensions} parameter of GetExport names; {@code apigateway} is both. */
    public enum Extension {
        /** Integrations, and what the API as a whole has in extensions. */
        INTEGRATIONS,
        /** Authorizers in their security schemes. */
        AUTHORIZERS
    }

    public ExportOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(syntax, "syntax");
        extensions = Set.copyOf(extensions);
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(frozen, "frozen");
    }

    /**
     * The value of the {@code extensions} parameter.
     *
     * @param words separated by commas; null and empty for none
     * @return null where a word is none of {@code integrations}, {@code authorizers}, {@code apigateway} and {@code none}
     */
    public static Set<Extension> extensions(String words) {
        Set<Extension> extensions = new HashSet<>();
        for (String word : words == null || words.isBlank() ? new String[0] : words.split(",")) {
            switch (word.strip()) {
                case "none" -> {}
                case "integrations" -> extensions.add(Extension.INTEGRATIONS);
                case "authorizers" -> extensions.add(Extension.AUTHORIZERS);
                case "apigateway" -> extensions.addAll(Set.of(Extension.values()));
                default -> {
                    return null;
                }
            }
        }
        return extensions;
    }

    boolean withIntegrations() {
        return extensions.contains(Extension.INTEGRATIONS);
    }

    boolean withAuthorizers() {
        return extensions.contains(Extension.AUTHORIZERS);
    }

    boolean isSwagger() {
        return format == Format.SWAGGER;
    }
}
