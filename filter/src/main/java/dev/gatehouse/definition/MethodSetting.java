package dev.gatehouse.definition;

import java.util.function.Consumer;

/**
 * What a stage sets for one method or, under {@code *}{@code /*}, for all.
 *
 * @param loggingLevel may be null, which is {@code OFF}
 * @param throttlingRateLimit requests per second
 * @param cacheTtlInSeconds 0 to 3600
 */
public record MethodSetting(
        boolean metricsEnabled,
        LoggingLevel loggingLevel,
        boolean dataTraceEnabled,
        int throttlingBurstLimit,
        double throttlingRateLimit,
        boolean cachingEnabled,
        int cacheTtlInSeconds,
        boolean cacheDataEncrypted,
        boolean requireAuthorizationForCacheControl,
        UnauthorizedCacheControlHeaderStrategy unauthorizedCacheControlHeaderStrategy) {

    /** What API Gateway fills in where the first setting of a stage leaves the others open. */
    public static final MethodSetting DEFAULTS = draft().build();

    /** Amazon's defaults where there are any, the rest absent. */
    public static Draft draft() {
        return new Draft();
    }

    /** This value with changes. */
    public MethodSetting with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.metricsEnabled = metricsEnabled;
        draft.loggingLevel = loggingLevel;
        draft.dataTraceEnabled = dataTraceEnabled;
        draft.throttlingBurstLimit = throttlingBurstLimit;
        draft.throttlingRateLimit = throttlingRateLimit;
        draft.cachingEnabled = cachingEnabled;
        draft.cacheTtlInSeconds = cacheTtlInSeconds;
        draft.cacheDataEncrypted = cacheDataEncrypted;
        draft.requireAuthorizationForCacheControl = requireAuthorizationForCacheControl;
        draft.unauthorizedCacheControlHeaderStrategy = unauthorizedCacheControlHeaderStrategy;
        change.accept(draft);
        return draft.build();
    }

    /** The components as plain fields, for the moment in which a value is put together; not thread-safe. */
    public static final class Draft {

        public boolean metricsEnabled;
        public LoggingLevel loggingLevel;
        public boolean dataTraceEnabled;
        public int throttlingBurstLimit = 5_000;
        public double throttlingRateLimit = 10_000;
        public boolean cachingEnabled;
        public int cacheTtlInSeconds = 300;
        public boolean cacheDataEncrypted;
        public boolean requireAuthorizationForCacheControl = true;
        public UnauthorizedCacheControlHeaderStrategy unauthorizedCacheControlHeaderStrategy =
                UnauthorizedCacheControlHeaderStrategy.SUCCEED_WITH_RESPONSE_HEADER;

        private Draft() {}

        public MethodSetting build() {
            return new MethodSetting(
                    metricsEnabled,
                    loggingLevel,
                    dataTraceEnabled,
                    throttlingBurstLimit,
                    throttlingRateLimit,
                    cachingEnabled,
                    cacheTtlInSeconds,
                    cacheDataEncrypted,
                    requireAuthorizationForCacheControl,
                    unauthorizedCacheControlHeaderStrategy);
        }
    }
}
