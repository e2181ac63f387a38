package dev.gatehouse.configuration;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One REST API: a document and the stages that serve it. Immutable; nothing in it is null.
 *
 * @param restApiId the id that clients, ARNs and {@code $context.apiId} show: 1 to 64 letters, digits and hyphens, beginning
 *     with a letter or digit
 * @param body name of the OpenAPI document, relative to the folder of the configuration: {@code orders.openapi.yaml} or
 *     {@code apis/orders.json}. It cannot leave that folder
 * @param basepath what the import does with the base path of the document
 * @param failOnWarnings whether a warning of the import is an error
 * @param stages the stages, each name once
 */
public record RestApiConfiguration(
        String restApiId, String body, Basepath basepath, boolean failOnWarnings, List<StageConfiguration> stages) {

    static final Pattern REST_API_ID = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9-]{0,63}$");

    /** Names that a servlet container, a file system and a jar all read the same way, so that none reads its way out. */
    static final Pattern BODY =
            Pattern.compile("^(?!(?:.*/)?\\.{1,2}(?:/|$))[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+){0,15}$");

    /** @throws IllegalArgumentException on an id or a file name that is none, or a stage name used twice */
    public RestApiConfiguration {
        Check.matches("restApiId", REST_API_ID, restApiId);
        Check.matches("body", BODY, body);
        Objects.requireNonNull(basepath, "basepath");
        stages = List.copyOf(stages);
        Check.distinct("stageName", stages, configured -> configured.stage().stageName());
    }

    /** An API of this document with the defaults of an import. */
    public static RestApiConfiguration of(String restApiId, String body, StageConfiguration... stages) {
        return new RestApiConfiguration(restApiId, body, Basepath.IGNORE, false, List.of(stages));
    }
}
