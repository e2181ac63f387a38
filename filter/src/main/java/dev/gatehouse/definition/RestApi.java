package dev.gatehouse.definition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An API as a whole; its parts are in {@link ApiDefinition}. Absent scalars are null.
 *
 * @param warnings what the import that made this API had to say
 * @param minimumCompressionSize bytes, 0 to 10485760; null switches compression off
 * @param apiKeySource null stands for {@code HEADER}
 * @param policy resource policy, JSON text
 */
public record RestApi(
        String id,
        String name,
        String description,
        Instant createdDate,
        String version,
        List<String> warnings,
        List<String> binaryMediaTypes,
        Integer minimumCompressionSize,
        ApiKeySourceType apiKeySource,
        EndpointConfiguration endpointConfiguration,
        String policy,
        Map<String, String> tags,
        boolean disableExecuteApiEndpoint,
        String rootResourceId,
        SecurityPolicy securityPolicy,
        EndpointAccessMode endpointAccessMode,
        ApiStatus apiStatus,
        String apiStatusMessage) {

    public RestApi {
        warnings = Frozen.list(warnings);
        binaryMediaTypes = Frozen.list(binaryMediaTypes);
        tags = Frozen.map(tags);
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public RestApi with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.id = id;
        draft.name = name;
        draft.description = description;
        draft.createdDate = createdDate;
        draft.version = version;
        draft.warnings = warnings;
        draft.binaryMediaTypes = binaryMediaTypes;
        draft.minimumCompressionSize = minimumCompressionSize;
        draft.apiKeySource = apiKeySource;
        draft.endpointConfiguration = endpointConfiguration;
        draft.policy = policy;
        draft.tags = tags;
        draft.disableExecuteApiEndpoint = disableExecuteApiEndpoint;
        draft.rootResourceId = rootResourceId;
        draft.securityPolicy = securityPolicy;
        draft.endpointAccessMode = endpointAccessMode;
        draft.apiStatus = apiStatus;
        draft.apiStatusMessage = apiStatusMessage;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String id;
        public String name;
        public String description;
        public Instant createdDate;
        public String version;
        public List<String> warnings = List.of();
        public List<String> binaryMediaTypes = List.of();
        public Integer minimumCompressionSize;
        public ApiKeySourceType apiKeySource;
        public EndpointConfiguration endpointConfiguration;
        public String policy;
        public Map<String, String> tags = Map.of();
        public boolean disableExecuteApiEndpoint;
        public String rootResourceId;
        public SecurityPolicy securityPolicy;
        public EndpointAccessMode endpointAccessMode;
        public ApiStatus apiStatus;
        public String apiStatusMessage;

        private Draft() {}

        public RestApi build() {
            return new RestApi(
                    id,
                    name,
                    description,
                    createdDate,
                    version,
                    warnings,
                    binaryMediaTypes,
                    minimumCompressionSize,
                    apiKeySource,
                    endpointConfiguration,
                    policy,
                    tags,
                    disableExecuteApiEndpoint,
                    rootResourceId,
                    securityPolicy,
                    endpointAccessMode,
                    apiStatus,
                    apiStatusMessage);
        }
    }
}
