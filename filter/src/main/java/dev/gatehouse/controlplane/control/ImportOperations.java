package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.openapi.IdSource;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.ImportOptions.BasePath;
import dev.gatehouse.controlplane.openapi.ImportResult;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.RestApi;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** OpenAPI documents as APIs. An import happens as a whole or not at all. */
final class ImportOperations {

    static final List<Operation> ALL = List.of(
            Operation.importing("ImportRestApi", "POST", "/restapis", 201, ImportOperations::create),
            Operation.of("PutRestApi", "PUT", "/restapis/{restapi_id}", 200, ImportOperations::put));

    private ImportOperations() {}

    private static Answer create(Call call) {
        String id = call.home().newId(10);
        ImportOptions options =
                options(call, id, endpointType(call.query("endpointConfigurationTypes")), fresh(call.home()));
        RestApi created = call.write(writing -> {
            ApiDefinition imported = imported(call, read(call, options));
            ApiDefinition api =
                    imported.with(draft -> draft.restApi = imported.restApi().with(one -> {
                        one.createdDate = call.now();
                        one.apiKeySource = one.apiKeySource == null ? ApiKeySourceType.HEADER : one.apiKeySource;
                        one.warnings = List.of(); // they belong to the answer
                    }));
            Apis.put(writing, api);
            return api.restApi().with(one -> one.warnings = imported.restApi().warnings());
        });
        return Answer.json(RestApiOperations.shape(created));
    }

    private static Answer put(Call call) {
        boolean overwrite = overwrites(call);
        String id = call.label("restapi_id");
        RestApi updated = call.write(writing -> {
            Optional<ApiDefinition> before = Apis.find(writing, id);
            IdSource ids =
                    before.map(api -> ImportedOver.ids(api, fresh(call.home()))).orElseGet(() -> fresh(call.home()));
            EndpointType endpoint =
                    before.flatMap(api -> endpoint(api.restApi())).orElse(EndpointType.EDGE);
            IpAddressType addresses = before.map(
                            api -> RestApiRules.withDefaults(api.restApi().endpointConfiguration())
                                    .ipAddressType())
                    .orElse(null);
            ImportResult result = read(call, options(call, id, endpoint, ids).with(addresses));
            ApiDefinition existing = before.orElseThrow(() -> Apis.unknown(call, id));
            ApiDefinition imported = imported(call, result);
            ApiDefinition after = ImportedOver.of(existing, imported, overwrite);
            Apis.put(writing, after);
            return after.restApi().with(one -> one.warnings = imported.restApi().warnings());
        });
        return Answer.json(RestApiOperations.shapeWithTags(updated));
    }

    private static Optional<EndpointType> endpoint(RestApi api) {
        return api.endpointConfiguration() == null
                ? Optional.empty()
                : api.endpointConfiguration().types().stream().findFirst();
    }

    /** {@code merge} unless the caller says otherwise. */
    static boolean overwrites(Call call) {
        String mode = call.query("mode");
        if (mode == null || mode.equals("merge")) {
            return false;
        }
        if (mode.equals("overwrite")) {
            return true;
        }
        throw ControlError.validation(List.of("Value '" + mode + "' at 'mode' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [overwrite, merge]"));
    }

    static ImportOptions options(Call call, String id, EndpointType endpoint, IdSource ids) {
        ImportOptions options = ImportOptions.of(
                        id, call.home().region(), call.home().accountId(), ids)
                .with(basePath(call.query("basepath")))
                .with(endpoint);
        return "documentation".equals(call.query("ignore")) ? options.withoutDocumentation() : options;
    }

    private static BasePath basePath(String word) {
        for (BasePath treatment : BasePath.values()) {
            if (word == null || treatment.name().toLowerCase(Locale.ROOT).equals(word)) {
                return treatment; // the first one is the default
            }
        }
        throw ControlError.badRequest(
                "Invalid basepath specified: " + word + ". Must be one of: [ignore, prepend, split]");
    }

    private static EndpointType endpointType(String word) {
        for (EndpointType type : EndpointType.values()) {
            if (type.name().equals(word)) {
                return type;
            }
        }
        if (word == null) {
            return EndpointType.EDGE;
        }
        throw ControlError.badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
    }

    /** New ids for all parts, of Amazon's lengths. */
    static IdSource fresh(Home home) {
        return (kind, name) -> home.newId(kind == IdSource.Kind.RESOURCE && name.equals("/") ? 10 : 6);
    }

    /** Recorded: a text that is no document is told before an API that is not there. */
    private static ImportResult read(Call call, ImportOptions options) {
        ImportResult result = OpenApiImport.read(call.document(), "", options);
        if (isUnreadable(result)) {
            throw ControlError.badRequest(OpenApiImport.UNREADABLE);
        }
        return result;
    }

    static boolean isUnreadable(ImportResult result) {
        return result.fold(
                imported -> false,
                rejected -> rejected.problems().stream()
                        .anyMatch(problem -> problem.message().startsWith(OpenApiImport.UNREADABLE)));
    }

    /** What was read; everything that is wrong with it in one error otherwise. */
    static ApiDefinition imported(Call call, ImportResult result) {
        return result.fold(
                imported -> {
                    if (call.queryFlag("failonwarnings") && !imported.warnings().isEmpty()) {
                        throw ControlError.badRequest("Warnings found during import:" + lines(imported.warnings()));
                    }
                    return imported.definition();
                },
                rejected -> {
                    throw ControlError.badRequest("Errors found during import:"
                            + lines(rejected.problems().stream()
                                    .filter(Problem::isError)
                                    .toList()));
                });
    }

    private static String lines(List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        "\n\t" + (problem.pointer().isEmpty() ? "" : problem.pointer() + ": ") + problem.message())
                .collect(Collectors.joining());
    }
}
