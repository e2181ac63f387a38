package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Resource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** REST APIs in the store: one entry holds an API with all of its parts, so that it changes as one. */
final class Apis {

    static final String KIND = "restapi";

    private Apis() {}

    static Optional<ApiDefinition> find(Reading reading, String id) {
        return reading.get(Key.of(KIND, id)).map(entry -> Documents.read(entry.json(), ApiDefinition.class));
    }

    /** For operations on an API itself, which tell that it is unknown. */
    static ApiDefinition get(Reading reading, Call call, String id) {
        return find(reading, id).orElseThrow(() -> unknown(call, id));
    }

    /**
     * For operations on something in an API, which tell that this thing is unknown, and not the API (recorded).
     *
     * @param unknown such as {@code Invalid Resource identifier specified}
     */
    static ApiDefinition getOr(Reading reading, String id, String unknown) {
        return find(reading, id).orElseThrow(() -> ControlError.notFound(unknown));
    }

    static Resource resource(ApiDefinition api, String id) {
        return api.resources().stream()
                .filter(resource -> resource.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ControlError.notFound(ResourceOperations.UNKNOWN));
    }

    static void put(Writing writing, ApiDefinition api) {
        writing.put(Key.of(KIND, api.restApi().id()), Documents.text(api));
    }

    /** Changes an API that is there. */
    static ApiDefinition change(Writing writing, ApiDefinition before, UnaryOperator<ApiDefinition> change) {
        ApiDefinition after = change.apply(before);
        put(writing, after);
        return after;
    }

    static ControlError unknown(Call call, String id) {
        return ControlError.notFound(
                "Invalid API identifier specified " + call.home().accountId() + ":" + id);
    }
}
