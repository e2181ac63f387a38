package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Model;
import dev.gatehouse.definition.RestApi;
import java.util.List;

/** {@code cloneFrom}: a new API with the parts of another one, and what the caller says of it before what the other one says. */
final class RestApiClone {

    private RestApiClone() {}

    /**
     * Parts keep their ids: they are unique within an API only.
     *
     * @param wanted the new API, its id included
     */
    static ApiDefinition of(ApiDefinition source, RestApi.Draft wanted) {
        RestApi original = source.restApi();
        RestApi said = wanted.build();
        RestApi clone = original.with(draft -> {
            draft.id = said.id();
            draft.name = said.name();
            draft.createdDate = said.createdDate();
            draft.tags = said.tags();
            draft.warnings = List.of();
            draft.version = or(said.version(), original.version());
            draft.description = or(said.description(), original.description());
            draft.policy = or(said.policy(), original.policy());
            draft.apiKeySource = or(said.apiKeySource(), original.apiKeySource());
            draft.minimumCompressionSize = or(said.minimumCompressionSize(), original.minimumCompressionSize());
            draft.securityPolicy = or(said.securityPolicy(), original.securityPolicy());
            draft.endpointAccessMode = or(said.endpointAccessMode(), original.endpointAccessMode());
            draft.disableExecuteApiEndpoint = said.disableExecuteApiEndpoint() || original.disableExecuteApiEndpoint();
            draft.endpointConfiguration =
                    RestApiRules.withDefaults(or(said.endpointConfiguration(), original.endpointConfiguration()));
            if (!said.binaryMediaTypes().isEmpty()) {
                draft.binaryMediaTypes = said.binaryMediaTypes();
            }
        });
        return source.with(draft -> {
            draft.restApi = clone;
            draft.models = source.models().stream()
                    .map(model -> referringTo(clone.id(), original.id(), model))
                    .toList();
        });
    }

    /** Models refer to each other by addresses that have the id of their API in them. */
    private static Model referringTo(String id, String before, Model model) {
        String schema = model.schema() == null
                ? null
                : model.schema().replace("/restapis/" + before + "/models/", "/restapis/" + id + "/models/");
        return new Model(model.id(), model.name(), model.description(), schema, model.contentType());
    }

    private static <T> T or(T said, T original) {
        return said == null ? original : said;
    }
}
