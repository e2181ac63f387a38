package dev.gatehouse;

import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.RestApi;

/** An API without what keeps callers out or belongs to their connection: a test invocation has neither caller nor connection. */
final class Unguarded {

    private Unguarded() {}

    static RestApi of(RestApi api) {
        return api.with(open -> {
            open.policy = null;
            open.endpointConfiguration = null;
            open.disableExecuteApiEndpoint = false;
            open.securityPolicy = null;
            open.endpointAccessMode = null;
            open.apiKeySource = ApiKeySourceType.HEADER;
            open.minimumCompressionSize = null;
        });
    }
}
