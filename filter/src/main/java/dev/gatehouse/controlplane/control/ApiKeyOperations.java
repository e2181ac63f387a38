package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiKey;
import java.util.List;
import java.util.Map;

/** Operations on API keys. A value is shown where Amazon shows it, and stands in no text that may be logged. */
final class ApiKeyOperations {

    private static final String ONE = "/apikeys/{api_Key}";
    private static final int GENERATED_LENGTH = 40;

    static final List<Operation> ALL = List.of(
            Operation.importing("ImportApiKeys", "POST", "/apikeys", 201, ApiKeyImport::run),
            Operation.of("CreateApiKey", "POST", "/apikeys", 201, ApiKeyOperations::create),
            Operation.of("GetApiKeys", "GET", "/apikeys", 200, ApiKeyOperations::list),
            Operation.of("GetApiKey", "GET", ONE, 200, ApiKeyOperations::get),
            Operation.of("UpdateApiKey", "PATCH", ONE, 200, ApiKeyOperations::update),
            Operation.of("DeleteApiKey", "DELETE", ONE, 202, ApiKeyOperations::delete));

    /** Keys have tags of their own. */
    static final Taggable TAGGED = new TaggedKey();

    private ApiKeyOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createApiKeyInput");
        String name = emptyToNull(body.string("name"));
        String description = emptyToNull(body.string("description"));
        boolean enabled = body.flag("enabled");
        body.bool("generateDistinctId"); // ids are always distinct from values, whatever it says: only its type matters
        String value = emptyToNull(body.string("value"));
        List<String> stageKeys = stageKeys(body);
        String customerId = emptyToNull(body.string("customerId"));
        Map<String, String> tags = body.stringMap("tags");
        ApiKey created = call.write(writing -> {
            ApiKeyRules.check(name, value, description);
            Tags.check(tags);
            if (value != null && ApiKeys.findByValue(writing, value).isPresent()) {
                throw ControlError.conflict("API Key already exists");
            }
            ApiKey.Draft draft = ApiKey.draft();
            draft.id = ApiKeys.newId(writing, call);
            draft.value = value == null ? call.home().newId(GENERATED_LENGTH) : value;
            draft.name = name;
            draft.description = description;
            draft.customerId = customerId;
            draft.enabled = enabled;
            draft.createdDate = call.now();
            draft.lastUpdatedDate = draft.createdDate;
            draft.stageKeys = stageKeys;
            draft.tags = tags;
            ApiKey key = draft.build();
            ApiKeys.put(writing, key);
            return key;
        });
        call.publishAccess();
        return Answer.json(Documents.wire(created));
    }

    private static List<String> stageKeys(Members body) {
        List<Members> keys = body.objects("stageKeys");
        return keys == null
                ? List.of()
                : keys.stream()
                        .map(key -> stageKey(key.string("restApiId"), key.string("stageName")))
                        .toList();
    }

    private static String stageKey(String apiId, String stage) {
        if (apiId == null || stage == null) {
            throw ControlError.badRequest("A stage key must have a restApiId and a stageName");
        }
        return apiId + "/" + stage;
    }

    static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Answer list(Call call) {
        String prefix = call.query("name");
        String customerId = call.query("customerId");
        boolean withValues = call.queryFlag("includeValues");
        return call.read(reading -> call.page(reading, ApiKeys.KIND, "", Order.NEWEST_FIRST, entry -> {
            ApiKey key = ApiKeys.read(entry);
            boolean wanted = begins(key.name(), prefix) && (customerId == null || customerId.equals(key.customerId()));
            return wanted ? shape(key, withValues) : null;
        }));
    }

    /** @param prefix compared by case; null and empty are the beginning of every name, and of none */
    static boolean begins(String name, String prefix) {
        return prefix == null || prefix.isEmpty() || name != null && name.startsWith(prefix);
    }

    private static Answer get(Call call) {
        String id = call.label("api_Key");
        boolean withValue = call.queryFlag("includeValue");
        ApiKey key = call.read(reading -> ApiKeys.get(reading, id));
        return Answer.json(withTags(shape(key, withValue)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateApiKeyInput").patchOperations();
        String id = call.label("api_Key");
        ApiKey updated = call.write(writing -> {
            ApiKey before = ApiKeys.get(writing, id);
            if (operations.isEmpty()) {
                return before;
            }
            ApiKey after =
                    ApiKeyRules.PATCH.apply(before, operations).with(draft -> draft.lastUpdatedDate = call.now());
            ApiKeys.put(writing, after);
            return after;
        });
        call.publishAccess();
        return Answer.json(withTags(shape(updated, false)));
    }

    private static Answer delete(Call call) {
        String id = call.label("api_Key");
        call.write(writing -> {
            ApiKeys.get(writing, id);
            UsagePlans.forgetKey(writing, id);
            return ApiKeys.remove(writing, id);
        });
        call.publishAccess();
        return Answer.NOTHING;
    }

    private static ObjectNode shape(ApiKey key, boolean withValue) {
        ObjectNode shape = Documents.wire(key);
        if (!withValue) {
            shape.remove("value");
        }
        return shape;
    }

    /** As answers to Get and Update show it. */
    static JsonNode withTags(ObjectNode shape) {
        if (!shape.has("tags")) {
            shape.putObject("tags");
        }
        return shape;
    }

    private static final class TaggedKey implements Taggable {

        @Override
        public String path() {
            return "/apikeys/{api_Key}";
        }

        @Override
        public Map<String, String> tags(Reading reading, Call call, List<String> labels) {
            return ApiKeys.get(reading, labels.get(0)).tags();
        }

        @Override
        public void tag(Writing writing, Call call, List<String> labels, Map<String, String> tags) {
            ApiKeys.put(writing, ApiKeys.get(writing, labels.get(0)).with(draft -> draft.tags = tags));
        }
    }
}
