package dev.gatehouse.definition;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A name under which a deployment is offered, with all that applies without a new deployment. Absent scalars are null.
 *
 * @param cacheClusterSize gigabytes as Amazon sells them, such as {@code 0.5}
 * @param methodSettings by {@code <path without leading slash>/<METHOD>}, or {@code *}{@code /*} for all methods
 * @param canarySettings null where there is no canary
 */
public record Stage(
        String deploymentId,
        String clientCertificateId,
        String stageName,
        String description,
        boolean cacheClusterEnabled,
        String cacheClusterSize,
        CacheClusterStatus cacheClusterStatus,
        Map<String, MethodSetting> methodSettings,
        Map<String, String> variables,
        String documentationVersion,
        AccessLogSettings accessLogSettings,
        CanarySettings canarySettings,
        boolean tracingEnabled,
        String webAclArn,
        Map<String, String> tags,
        Instant createdDate,
        Instant lastUpdatedDate) {

    public Stage {
        methodSettings = Frozen.map(methodSettings);
        variables = Frozen.map(variables);
        tags = Frozen.map(tags);
    }

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public Stage with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.deploymentId = deploymentId;
        draft.clientCertificateId = clientCertificateId;
        draft.stageName = stageName;
        draft.description = description;
        draft.cacheClusterEnabled = cacheClusterEnabled;
        draft.cacheClusterSize = cacheClusterSize;
        draft.cacheClusterStatus = cacheClusterStatus;
        draft.methodSettings = methodSettings;
        draft.variables = variables;
        draft.documentationVersion = documentationVersion;
        draft.accessLogSettings = accessLogSettings;
        draft.canarySettings = canarySettings;
        draft.tracingEnabled = tracingEnabled;
        draft.webAclArn = webAclArn;
        draft.tags = tags;
        draft.createdDate = createdDate;
        draft.lastUpdatedDate = lastUpdatedDate;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public String deploymentId;
        public String clientCertificateId;
        public String stageName;
        public String description;
        public boolean cacheClusterEnabled;
        public String cacheClusterSize;
        public CacheClusterStatus cacheClusterStatus = CacheClusterStatus.NOT_AVAILABLE;
        public Map<String, MethodSetting> methodSettings = Map.of();
        public Map<String, String> variables = Map.of();
        public String documentationVersion;
        public AccessLogSettings accessLogSettings;
        public CanarySettings canarySettings;
        public boolean tracingEnabled;
        public String webAclArn;
        public Map<String, String> tags = Map.of();
        public Instant createdDate;
        public Instant lastUpdatedDate;

        private Draft() {}

        public Stage build() {
            return new Stage(
                    deploymentId,
                    clientCertificateId,
                    stageName,
                    description,
                    cacheClusterEnabled,
                    cacheClusterSize,
                    cacheClusterStatus,
                    methodSettings,
                    variables,
                    documentationVersion,
                    accessLogSettings,
                    canarySettings,
                    tracingEnabled,
                    webAclArn,
                    tags,
                    createdDate,
                    lastUpdatedDate);
        }
    }
}
