package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.DocumentationVersion;
import dev.gatehouse.definition.Stage;
import java.util.List;

/** Operations on snapshots of an API's documentation. */
final class DocumentationVersionOperations {

    private static final String MANY = "/restapis/{restapi_id}/documentation/versions";
    private static final String ONE = MANY + "/{doc_version}";
    private static final String UNKNOWN = "Invalid Documentation version specified";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateDocumentationVersion", "POST", MANY, 201, DocumentationVersionOperations::create),
            Operation.of("GetDocumentationVersions", "GET", MANY, 200, DocumentationVersionOperations::list),
            Operation.of("GetDocumentationVersion", "GET", ONE, 200, DocumentationVersionOperations::get),
            Operation.of("UpdateDocumentationVersion", "PATCH", ONE, 200, DocumentationVersionOperations::update),
            Operation.of("DeleteDocumentationVersion", "DELETE", ONE, 202, DocumentationVersionOperations::delete));

    private static final Patch<DocumentationVersion> PATCH = Patch.<DocumentationVersion>of(Patch.LISTING)
            .on(
                    "replace",
                    "/description",
                    (one, op) -> new DocumentationVersion(one.version(), one.createdDate(), op.valueOrNull()));

    private DocumentationVersionOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createDocumentationVersionInput");
        String version = body.required("documentationVersion");
        String stageName = body.string("stageName");
        String description = body.string("description");
        String apiId = call.label("restapi_id");
        DocumentationVersion created = call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            if (version.isBlank()) {
                throw ControlError.badRequest("Documentation version must be non-empty");
            }
            if (DocumentationRelease.find(writing, apiId, version).isPresent()) {
                throw ControlError.conflict("Documentation version already exists: " + version);
            }
            DocumentationVersion one = new DocumentationVersion(version, call.now(), description);
            new DocumentationRelease(one, api.documentationParts()).put(writing, apiId);
            if (stageName != null) {
                Stage stage = Stages.findStage(writing, apiId, stageName)
                        .orElseThrow(() -> ControlError.notFound("Invalid stage identifier specified"));
                Stages.put(writing, apiId, stage.with(draft -> {
                    draft.documentationVersion = version;
                    draft.lastUpdatedDate = call.now();
                }));
            }
            return one;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        return call.read(reading -> {
            Apis.get(reading, call, apiId);
            return call.page(
                    reading,
                    DocumentationRelease.KIND,
                    apiId,
                    Order.NEWEST_FIRST,
                    entry -> Documents.wire(DocumentationRelease.of(entry).version()));
        });
    }

    private static Answer get(Call call) {
        String apiId = call.label("restapi_id");
        String version = call.label("doc_version");
        return Answer.json(
                Documents.wire(call.read(reading -> one(reading, apiId, version).version())));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateDocumentationVersionInput").patchOperations();
        String apiId = call.label("restapi_id");
        String version = call.label("doc_version");
        DocumentationVersion updated = call.write(writing -> {
            DocumentationRelease before = one(writing, apiId, version);
            DocumentationVersion after = PATCH.apply(before.version(), operations);
            new DocumentationRelease(after, before.parts()).put(writing, apiId);
            return after;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String version = call.label("doc_version");
        call.write(writing -> {
            one(writing, apiId, version);
            for (Stage stage : Stages.all(writing, apiId)) {
                if (version.equals(stage.documentationVersion())) {
                    throw ControlError.badRequest(
                            "Documentation version " + version + " is used by stage " + stage.stageName());
                }
            }
            return writing.remove(new Key(DocumentationRelease.KIND, apiId, version));
        });
        return Answer.NOTHING;
    }

    private static DocumentationRelease one(Reading reading, String apiId, String version) {
        return DocumentationRelease.find(reading, apiId, version).orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }
}
