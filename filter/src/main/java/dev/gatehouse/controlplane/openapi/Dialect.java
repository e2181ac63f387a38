package dev.gatehouse.controlplane.openapi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The two versions of the format: where they keep things, and which fields they have. */
enum Dialect {
    SWAGGER_2(
            "Swagger 2.0",
            "/definitions",
            "/securityDefinitions",
            "/parameters",
            "/responses",
            null,
            "swagger info host basePath schemes consumes produces paths definitions parameters responses"
                    + " securityDefinitions security tags externalDocs",
            "$ref get put post delete options head patch parameters",
            "tags summary description externalDocs operationId consumes produces parameters responses schemes deprecated"
                    + " security",
            "name in description required schema type format allowEmptyValue items collectionFormat default maximum"
                    + " exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems"
                    + " enum multipleOf",
            "description schema headers examples"),
    OPENAPI_3(
            "OpenAPI 3.0",
            "/components/schemas",
            "/components/securitySchemes",
            "/components/parameters",
            "/components/responses",
            "/components/requestBodies",
            "openapi info servers paths components security tags externalDocs",
            "$ref summary description get put post delete options head patch trace servers parameters",
            "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security"
                    + " servers",
            "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples"
                    + " content",
            "description headers content links");

    final String title;
    final String schemas;
    final String securitySchemes;
    final String parameters;
    final String responses;
    final String requestBodies;
    final Set<String> rootFields;
    final Set<String> pathFields;
    final Set<String> operationFields;
    final Set<String> parameterFields;
    final Set<String> responseFields;

    Dialect(
            String title,
            String schemas,
            String securitySchemes,
            String parameters,
            String responses,
            String requestBodies,
            String rootFields,
            String pathFields,
            String operationFields,
            String parameterFields,
            String responseFields) {
        this.title = title;
        this.schemas = schemas;
        this.securitySchemes = securitySchemes;
        this.parameters = parameters;
        this.responses = responses;
        this.requestBodies = requestBodies;
        this.rootFields = words(rootFields);
        this.pathFields = words(pathFields);
        this.operationFields = words(operationFields);
        this.parameterFields = words(parameterFields);
        this.responseFields = words(responseFields);
    }

    /** @return null, and an error, if the document says neither version */
    static Dialect of(Cursor root) {
        Cursor swagger = root.at("swagger");
        Cursor openapi = root.at("openapi");
        if (swagger.isPresent() == openapi.isPresent()) {
            root.error("must say either swagger: \"2.0\" or openapi: \"3.0.x\"");
            return null;
        }
        Cursor said = swagger.isPresent() ? swagger : openapi;
        String version = said.label();
        if (version == null) {
            return null;
        }
        if (said == swagger && version.equals("2.0")) {
            return SWAGGER_2;
        }
        if (said == openapi && version.matches("3\\.0(\\.[0-9]+)?")) {
            return OPENAPI_3;
        }
        said.error("version '" + Texts.cut(version) + "' is not supported; only swagger 2.0 and openapi 3.0.x are");
        return null;
    }

    /** The place that a section pointer of this dialect names. */
    static Cursor section(Cursor root, String pointer) {
        Cursor place = root;
        for (String token : List.of(pointer.substring(1).split("/"))) {
            place = place.at(token);
        }
        return place;
    }

    private static Set<String> words(String words) {
        return new HashSet<>(List.of(words.split(" ")));
    }
}
