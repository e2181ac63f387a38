package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Operations on the models of an API, which are addressed by name. */
final class ModelOperations {

    private static final String MANY = "/restapis/{restapi_id}/models";
    private static final String ONE = MANY + "/{model_name}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateModel", "POST", MANY, 201, ModelOperations::create),
            Operation.of("GetModels", "GET", MANY, 200, ModelOperations::list),
            Operation.of("GetModel", "GET", ONE, 200, ModelOperations::get),
            Operation.of("GetModelTemplate", "GET", ONE + "/default_template", 200, ModelOperations::template),
            Operation.of("UpdateModel", "PATCH", ONE, 200, ModelOperations::update),
            Operation.of("DeleteModel", "DELETE", ONE, 202, ModelOperations::delete));

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+");

    private static final Patch<Model> PATCH = Patch.<Model>of(Patch.LISTING)
            .on(
                    "replace",
                    "/description",
                    (model, op) ->
                            new Model(model.id(), model.name(), op.valueOrNull(), model.schema(), model.contentType()))
            .on(
                    "replace",
                    "/schema",
                    (model, op) ->
                            new Model(model.id(), model.name(), model.description(), op.value(), model.contentType()));

    private ModelOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createModelInput");
        String name = body.required("name");
        String description = body.string("description");
        String schema = body.string("schema");
        String contentType = body.required("contentType");
        String apiId = call.label("restapi_id");
        Model created = call.write(writing -> {
            ApiDefinition api = Apis.get(writing, call, apiId);
            if (name.isEmpty()) {
                throw ControlError.badRequest("Model name must be non-empty");
            }
            if (!NAME.matcher(name).matches()) {
                throw ControlError.badRequest("Model name must be alphanumeric: " + name);
            }
            if (api.models().stream().anyMatch(model -> model.name().equals(name))) {
                throw ControlError.conflict("Model name already exists for this REST API");
            }
            String kept = description == null || description.isEmpty() ? null : description;
            Model model = checked(new Model(call.home().newId(6), name, kept, schema, contentType));
            List<Model> models = new ArrayList<>(api.models());
            models.add(model);
            Apis.put(writing, api.with(draft -> draft.models = models));
            return model;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Model checked(Model model) {
        if (model.schema() == null || model.schema().isEmpty()) {
            throw ControlError.badRequest("Model schema must have at least 1 property or array items defined");
        }
        if (model.contentType().contains("json") && !Documents.isObject(model.schema())) {
            throw ControlError.badRequest("Invalid model specified: Validation Result: warnings : [], errors : [Invalid"
                    + " model schema specified. It is not a JSON object]");
        }
        return model;
    }

    private static Answer list(Call call) {
        String apiId = call.label("restapi_id");
        List<Model> models = call.read(reading -> Apis.get(reading, call, apiId).models());
        return call.page(models, Model::name, Documents::wire);
    }

    private static Answer get(Call call) {
        boolean flatten = call.queryFlag("flatten");
        String name = call.label("model_name");
        String apiId = call.label("restapi_id");
        Model model = call.read(reading -> {
            ApiDefinition api = Apis.getOr(reading, apiId, unknown(name));
            Model one = one(api, name);
            return flatten ? FlatModel.of(one, api) : one;
        });
        return Answer.json(Documents.wire(model));
    }

    private static Answer template(Call call) {
        String name = call.label("model_name");
        String apiId = call.label("restapi_id");
        ApiDefinition api = call.read(reading -> Apis.getOr(reading, apiId, unknown(name)));
        return Answer.json(Documents.object().put("value", ModelTemplate.of(one(api, name), api)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateModelInput").patchOperations();
        String name = call.label("model_name");
        String apiId = call.label("restapi_id");
        Model updated = call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, unknown(name));
            Model model = checked(PATCH.apply(one(api, name), operations));
            List<Model> models = api.models().stream()
                    .map(other -> other.name().equals(name) ? model : other)
                    .toList();
            Apis.put(writing, api.with(draft -> draft.models = models));
            return model;
        });
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String name = call.label("model_name");
        String apiId = call.label("restapi_id");
        call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, unknown(name));
            Model model = one(api, name);
            checkUnused(api, name);
            List<Model> left = new ArrayList<>(api.models());
            left.remove(model);
            Apis.put(writing, api.with(draft -> draft.models = left));
            return name;
        });
        return Answer.NOTHING;
    }

    /** The two slashes of the root are Amazon's (recorded). */
    private static void checkUnused(ApiDefinition api, String name) {
        api.resources()
                .forEach(resource -> resource.resourceMethods().forEach((verb, method) -> {
                    String place = resource.path() + "/" + verb;
                    if (method.requestModels().containsValue(name)) {
                        throw inUse(name, "method request: " + place);
                    }
                    method.methodResponses().values().forEach(response -> {
                        if (response.responseModels().containsValue(name)) {
                            throw inUse(name, "method response: " + place + "/" + response.statusCode());
                        }
                    });
                }));
        for (Model other : api.models()) {
            JsonNode schema = other.name().equals(name) ? null : FlatModel.schema(other);
            if (schema != null && FlatModel.references(schema, api).contains(name)) {
                throw inUse(name, "model: " + other.name());
            }
        }
    }

    private static ControlError inUse(String name, String place) {
        return ControlError.conflict("Cannot delete model '" + name + "', is referenced in " + place);
    }

    private static Model one(ApiDefinition api, String name) {
        return api.models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ControlError.notFound(unknown(name)));
    }

    private static String unknown(String name) {
        return "Invalid model name specified: " + name;
    }
}
