package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a new deployment of an API would change: how the API is now differs from how it was frozen. Only what a deployment freezes
 * counts, so tags and documentation do not: they have lives of their own.
 */
final class Changes {

    /** What an API is called by, and what applies without a deployment. */
    private static final Set<String> NOT_FROZEN = Set.of("id", "createdDate", "tags", "warnings", "rootResourceId");

    /**
     * @param path JSON pointer into {@link #comparable}
     * @param deployed null where it is new
     * @param draft null where it is gone
     */
    record Change(String path, JsonNode deployed, JsonNode draft) {

        ObjectNode shape() {
            ObjectNode shape = Documents.object();
            shape.put("op", deployed == null ? "add" : draft == null ? "remove" : "replace");
            shape.put("path", path);
            if (deployed != null) {
                shape.set("deployed", deployed);
            }
            if (draft != null) {
                shape.set("draft", draft);
            }
            return shape;
        }
    }

    private Changes() {}

    /** @return in the order of their paths */
    static List<Change> between(ApiDefinition deployed, ApiDefinition draft) {
        List<Change> changes = new ArrayList<>();
        if (!deployed.equals(draft)) {
            compare(comparable(deployed), comparable(draft), "", changes);
        }
        return changes;
    }

    /** Parts are told by what callers know them by, and not by their place in a list. */
    private static ObjectNode comparable(ApiDefinition api) {
        ObjectNode all = Documents.object();
        ObjectNode restApi = Documents.wire(api.restApi());
        restApi.remove(NOT_FROZEN);
        all.set("restApi", restApi);
        ObjectNode resources = all.putObject("resources");
        for (Resource resource : api.resources()) {
            ObjectNode shape = Documents.wire(resource);
            shape.remove(Set.of("path", "pathPart", "parentId"));
            resources.set(resource.path(), shape);
        }
        ObjectNode models = all.putObject("models");
        api.models().forEach(model -> models.set(model.name(), Documents.wire(model)));
        ObjectNode validators = all.putObject("requestValidators");
        api.requestValidators().forEach(validator -> validators.set(validator.id(), Documents.wire(validator)));
        ObjectNode authorizers = all.putObject("authorizers");
        api.authorizers().forEach(authorizer -> authorizers.set(authorizer.id(), Documents.wire(authorizer)));
        ObjectNode responses = all.putObject("gatewayResponses");
        api.gatewayResponses().forEach((type, response) -> responses.set(type.name(), Documents.wire(response)));
        return all;
    }

    private static void compare(ObjectNode deployed, ObjectNode draft, String path, List<Change> changes) {
        Set<String> names = new TreeSet<>();
        deployed.properties().stream().map(Map.Entry::getKey).forEach(names::add);
        draft.properties().stream().map(Map.Entry::getKey).forEach(names::add);
        for (String name : names) {
            JsonNode before = deployed.get(name);
            JsonNode after = draft.get(name);
            String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
            if (before instanceof ObjectNode left && after instanceof ObjectNode right) {
                compare(left, right, at, changes);
            } else if (before == null || !before.equals(after)) {
                changes.add(new Change(at, before, after));
            }
        }
    }
}
