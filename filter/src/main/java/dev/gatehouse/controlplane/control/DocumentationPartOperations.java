package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.openapi.ImportResult;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.DocumentationPart;
import dev.gatehouse.definition.DocumentationPartLocation;
import dev.gatehouse.definition.DocumentationPartType;
import dev.gatehouse.definition.EndpointType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Operations on the documentation of an API's parts. */
final class DocumentationPartOperations {

    private static final String MANY = "/restapis/{restapi_id}/documentation/parts";
    private static final String ONE = MANY + "/{part_id}";
    private static final String UNKNOWN = "Invalid Documentation part identifier specified";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateDocumentationPart", "POST", MANY, 201, DocumentationPartOperations::create),
            Operation.of("GetDocumentationParts", "GET", MANY, 200, DocumentationPartOperations::list),
            Operation.of("ImportDocumentationParts", "PUT", MANY, 200, DocumentationPartOperations::importAll),
            Operation.of("GetDocumentationPart", "GET", ONE, 200, DocumentationPartOperations::get),
            Operation.of("UpdateDocumentationPart", "PATCH", ONE, 200, DocumentationPartOperations::update),
            Operation.of("DeleteDocumentationPart", "DELETE", ONE, 202, DocumentationPartOperations::delete));

    private static final Set<DocumentationPartType> NAMED = Set.of(
            DocumentationPartType.AUTHORIZER,
            DocumentationPartType.MODEL,
            DocumentationPartType.PATH_PARAMETER,
            DocumentationPartType.QUERY_PARAMETER,
            DocumentationPartType.REQUEST_HEADER,
            DocumentationPartType.RESPONSE_HEADER);

    private static final Patch<DocumentationPart> PATCH = Patch.<DocumentationPart>of(Patch.LISTING)
            .on("replace", "/properties", (part, op) -> {
                checkProperties(op.value());
                return new DocumentationPart(part.id(), part.location(), op.value());
            });

    private DocumentationPartOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createDocumentationPartInput");
        Members place = body.requiredObject("location");
        DocumentationPartLocation location = place == null ? null : location(place);
        String properties = body.required("properties");
        String apiId = call.label("restapi_id");
        DocumentationPart created = call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            if (NAMED.contains(location.type())
                    && (location.name() == null || location.name().isEmpty())) {
                throw ControlError.badRequest("Location name is required for documentation of type " + location.type());
            }
            checkProperties(properties);
            if (api.documentationParts().stream()
                    .anyMatch(part -> part.location().equals(location))) {
                throw ControlError.conflict("Documentation part already exists for the specified location");
            }
            DocumentationPart part = new DocumentationPart(call.home().newId(6), location, properties);
            List<DocumentationPart> parts = new ArrayList<>(api.documentationParts());
            parts.add(part);
            put(writing, api, parts);
            return part;
        });
        return Answer.json(Documents.wire(created));
    }

    private static DocumentationPartLocation location(Members place) {
        return new DocumentationPartLocation(
                place.requiredEnumeration("type", DocumentationPartType.class),
                place.string("path"),
                place.string("method"),
                place.string("statusCode"),
                place.string("name"));
    }

    private static void put(Writing writing, ApiDefinition api, List<DocumentationPart> parts) {
        Apis.put(writing, api.with(draft -> draft.documentationParts = parts));
    }

    private static void checkProperties(String properties) {
        if (properties == null || properties.isBlank()) {
            throw ControlError.badRequest("Documentation part properties must be non-empty");
        }
        if (!Documents.isObject(properties)) {
            throw ControlError.badRequest("Documentation part properties must be a JSON object");
        }
    }

    private static Answer list(Call call) {
        String type = call.query("type");
        String name = call.query("name");
        String path = call.query("path");
        String apiId = call.label("restapi_id");
        List<DocumentationPart> parts = call.read(reading -> {
            ApiDefinition api = Apis.get(reading, call, apiId);
            if ("UNDOCUMENTED".equals(call.query("locationStatus"))) {
                throw ControlError.badRequest("locationStatus UNDOCUMENTED is not supported");
            }
            return api.documentationParts().stream()
                    .filter(part ->
                            type == null || type.equals(part.location().type().name()))
                    .filter(part -> name == null || name.equals(part.location().name()))
                    .filter(part -> path == null
                            || path.equals(
                                    Objects.requireNonNullElse(part.location().path(), "/")))
                    .toList();
        });
        return call.page(parts, DocumentationPart::id, Documents::wire);
    }

    private static Answer get(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("part_id");
        return Answer.json(Documents.wire(call.read(reading -> one(Apis.getOr(reading, apiId, UNKNOWN), id))));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateDocumentationPartInput").patchOperations();
        String apiId = call.label("restapi_id");
        String id = call.label("part_id");
        DocumentationPart updated = call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            DocumentationPart part = PATCH.apply(one(api, id), operations);
            put(
                    writing,
                    api,
                    api.documentationParts().stream()
                            .map(other -> other.id().equals(id) ? part : other)
                            .toList());
            return part;
        });
        return Answer.json(Documents.wire(updated));
    }

    /** Recorded: here the API that is not there is told. */
    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("part_id");
        call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            List<DocumentationPart> left = new ArrayList<>(api.documentationParts());
            left.remove(one(api, id));
            put(writing, api, left);
            return id;
        });
        return Answer.NOTHING;
    }

    private static Answer importAll(Call call) {
        boolean overwrite = ImportOperations.overwrites(call);
        String apiId = call.label("restapi_id");
        ObjectNode answer = call.write(writing -> {
            ImportResult result = OpenApiImport.readDocumentation(
                    call.document(),
                    "",
                    ImportOperations.options(call, apiId, EndpointType.EDGE, ImportOperations.fresh(call.home())));
            if (ImportOperations.isUnreadable(result)) {
                throw ControlError.badRequest("Unable to build importer with provided input.");
            }
            ApiDefinition api = Apis.get(writing, call, apiId);
            ApiDefinition imported = ImportOperations.imported(call, result);
            List<DocumentationPart> merged =
                    ImportedOver.documentation(api.documentationParts(), imported.documentationParts());
            List<DocumentationPart> mine = ImportedOver.kept(merged, imported.documentationParts());
            put(writing, api, overwrite ? mine : merged);
            ObjectNode shape = Documents.object();
            mine.stream().map(DocumentationPart::id).forEach(shape.putArray("ids")::add);
            List<String> warnings = imported.restApi().warnings();
            if (!warnings.isEmpty()) {
                warnings.forEach(shape.putArray("warnings")::add);
            }
            return shape;
        });
        return Answer.json(answer);
    }

    private static DocumentationPart one(ApiDefinition api, String id) {
        return api.documentationParts().stream()
                .filter(part -> part.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }
}
