package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.RestApi;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads an OpenAPI document, Swagger 2.0 or OpenAPI 3.0, JSON or YAML, with API Gateway's extensions for REST APIs (API Gateway
 * developer guide, OpenAPI; docs/reference/openapi.md tells what is read, refused and left aside). Without state and
 * thread-safe.
 *
 * <p>No document makes these methods throw, run out of memory or take long: one that is too large, too deep or refers to itself
 * too often is rejected like any other wrong one. Nothing outside the document is ever fetched.
 */
public final class OpenApiImport {

    /** How the problem of a text begins that is no document at all: API Gateway's own answer to it. */
    public static final String UNREADABLE = "Invalid OpenAPI input.";

    private OpenApiImport() {}

    /**
     * @param text UTF-8, up to 6 MB
     * @param document how problems call the document
     */
    public static ImportResult read(byte[] text, String document, ImportOptions options) {
        return read(text, document, options, root -> new ApiReader(root, options).read());
    }

    /**
     * Reads the documentation parts of a document and nothing else (ImportDocumentationParts).
     *
     * @return a definition with documentation parts only
     */
    public static ImportResult readDocumentation(byte[] text, String document, ImportOptions options) {
        return read(text, document, options, root -> documentation(root, options));
    }

    private static ImportResult read(
            byte[] text, String document, ImportOptions options, Function<Cursor, ApiDefinition> reader) {
        Report report = new Report(document);
        ApiDefinition definition = null;
        try {
            String complete = withVariables(SafeDocument.decode(text), options, report);
            JsonNode tree = SafeDocument.parse(complete);
            if (!tree.isObject()) {
                throw new Unreadable("the document is not an object"); // any text is YAML
            }
            definition = reader.apply(Cursor.root(tree, report));
        } catch (Unreadable e) {
            report.error("", UNREADABLE + " " + e.getMessage());
        } catch (Report.Stop e) {
            definition = null; // the report says why
        }
        if (definition == null || report.hasErrors()) {
            return new ImportResult.Rejected(report.problems(), definition);
        }
        List<String> warnings = report.problems().stream().map(Problem::message).toList();
        return new ImportResult.Imported(withWarnings(definition, warnings), report.problems());
    }

    private static ApiDefinition documentation(Cursor root, ImportOptions options) {
        if (!root.isObject() || Dialect.of(root) == null) {
            return null;
        }
        ApiReader reader = new ApiReader(root, options);
        return new ApiDefinition(
                RestApi.draft().build().with(draft -> draft.id = options.restApiId()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                reader.documentationParts());
    }

    private static String withVariables(String text, ImportOptions options, Report report) {
        String complete = text.replace("${AWS::AccountId}", options.accountId())
                .replace("${AWS::Partition}", options.partition())
                .replace("${AWS::Region}", options.region());
        if (complete.contains("${AWS::")) {
            int at = complete.indexOf("${AWS::");
            String variable =
                    complete.substring(at, Math.min(complete.length(), at + 40)).split("[}\\s]")[0];
            report.warn(
                    "",
                    variable + "} is no variable of an import and stays as it is; ${AWS::AccountId}, ${AWS::Partition}"
                            + " and ${AWS::Region} are");
        }
        return complete;
    }

    private static ApiDefinition withWarnings(ApiDefinition definition, List<String> warnings) {
        return new ApiDefinition(
                definition.restApi().with(api -> api.warnings = warnings),
                definition.resources(),
                definition.models(),
                definition.requestValidators(),
                definition.authorizers(),
                definition.gatewayResponses(),
                definition.documentationParts());
    }
}
