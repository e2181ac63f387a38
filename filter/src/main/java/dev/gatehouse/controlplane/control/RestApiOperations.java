package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.EndpointAccessMode;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.Model;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.SecurityPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Operations on REST APIs as a whole. */
final class RestApiOperations {

    static final List<Operation> ALL = List.of(
            Operation.of("CreateRestApi", "POST", "/restapis", 201, RestApiOperations::create),
            Operation.of("GetRestApis", "GET", "/restapis", 200, RestApiOperations::list),
            Operation.of("GetRestApi", "GET", "/restapis/{restapi_id}", 200, RestApiOperations::get),
            Operation.of("UpdateRestApi", "PATCH", "/restapis/{restapi_id}", 200, RestApiOperations::update),
            Operation.of("DeleteRestApi", "DELETE", "/restapis/{restapi_id}", 202, RestApiOperations::delete));

    private static final String SCHEMA = "\"$schema\": \"http://json-schema.org/draft-04/schema#\"";

    private RestApiOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createRestApiInput");
        RestApi.Draft draft = RestApi.draft();
        draft.name = body.required("name");
        draft.description = body.string("description");
        draft.version = body.string("version");
        draft.binaryMediaTypes = body.strings("binaryMediaTypes");
        draft.minimumCompressionSize = body.integer("minimumCompressionSize");
        draft.apiKeySource = body.enumeration("apiKeySource", ApiKeySourceType.class);
        Members endpoint = body.object("endpointConfiguration");
        draft.endpointConfiguration = endpoint == null ? null : endpoint(endpoint);
        draft.policy = body.string("policy");
        draft.disableExecuteApiEndpoint = body.flag("disableExecuteApiEndpoint");
        draft.securityPolicy = body.enumeration("securityPolicy", SecurityPolicy.class);
        draft.endpointAccessMode = body.enumeration("endpointAccessMode", EndpointAccessMode.class);
        draft.tags = body.stringMap("tags");
        boolean noTypes = endpoint != null
                && endpoint.strings("types") != null
                && endpoint.strings("types").isEmpty();
        String source = body.string("cloneFrom");

        RestApi created = call.write(writing -> {
            RestApiRules.checkNew(draft, noTypes);
            draft.id = call.home().newId(10);
            draft.createdDate = call.now();
            ApiDefinition api =
                    source == null ? empty(call, draft) : RestApiClone.of(Apis.get(writing, call, source), draft);
            Apis.put(writing, api);
            return api.restApi();
        });
        return Answer.json(shape(created));
    }

    private static EndpointConfiguration endpoint(Members endpoint) {
        return new EndpointConfiguration(
                withoutNulls(endpoint.enumerations("types", EndpointType.class)),
                endpoint.enumeration("ipAddressType", IpAddressType.class),
                endpoint.strings("vpcEndpointIds"));
    }

    private static <T> List<T> withoutNulls(List<T> values) {
        return values == null ? null : values.stream().filter(Objects::nonNull).toList();
    }

    private static ApiDefinition empty(Call call, RestApi.Draft draft) {
        draft.rootResourceId = call.home().newId(10);
        draft.apiKeySource = draft.apiKeySource == null ? ApiKeySourceType.HEADER : draft.apiKeySource;
        draft.endpointConfiguration = RestApiRules.withDefaults(draft.endpointConfiguration);
        Resource root = new Resource(draft.rootResourceId, null, null, "/", Map.of());
        return new ApiDefinition(
                draft.build(),
                List.of(root),
                List.of(
                        new Model(
                                call.home().newId(6),
                                "Empty",
                                "This is a default empty schema model",
                                "{\n  " + SCHEMA + ",\n  \"title\" : \"Empty Schema\",\n  \"type\" : \"object\"\n}",
                                "application/json"),
                        new Model(
                                call.home().newId(6),
                                "Error",
                                "This is a default error schema model",
                                "{\n  " + SCHEMA + ",\n  \"title\" : \"Error Schema\",\n  \"type\" : \"object\",\n"
                                        + "  \"properties\" : {\n    \"message\" : { \"type\" : \"string\" }\n  }\n}",
                                "application/json")),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    private static Answer list(Call call) {
        return call.read(reading -> call.page(
                reading,
                Apis.KIND,
                "",
                Order.NEWEST_FIRST,
                entry -> shape(Documents.read(entry.json(), ApiDefinition.class).restApi())));
    }

    private static Answer get(Call call) {
        String id = call.label("restapi_id");
        RestApi api = call.read(reading -> Apis.get(reading, call, id).restApi());
        return Answer.json(shapeWithTags(api));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateRestApiInput").patchOperations();
        String id = call.label("restapi_id");
        RestApi updated = call.write(writing -> Apis.change(writing, Apis.get(writing, call, id), api -> {
                    RestApi after = RestApiRules.PATCH.apply(api.restApi(), operations);
                    return api.with(draft -> draft.restApi = after);
                })
                .restApi());
        return Answer.json(shapeWithTags(updated));
    }

    private static Answer delete(Call call) {
        String id = call.label("restapi_id");
        call.write(writing -> {
            Apis.get(writing, call, id);
            List<String> domains = BasePathMappingOperations.domainsLeadingTo(writing, id, null);
            if (!domains.isEmpty()) {
                throw ControlError.badRequest("Deleting RestApi " + id + " failed. Please remove all base path mappings"
                        + " related to the RestApi in your domains: " + String.join(", ", domains));
            }
            UsagePlans.forgetStages(writing, id, null);
            Stages.removeAll(writing, id);
            writing.removeAll(DocumentationRelease.KIND, id);
            return writing.remove(Key.of(Apis.KIND, id));
        });
        call.publish(id);
        return Answer.NOTHING;
    }

    /** As answers to Create and List show it: no empty tags. */
    static ObjectNode shape(RestApi api) {
        return Documents.wire(api);
    }

    /** As answers to Get and Update show it. */
    static JsonNode shapeWithTags(RestApi api) {
        ObjectNode shape = shape(api);
        if (!shape.has("tags")) {
            shape.putObject("tags");
        }
        return shape;
    }
}
