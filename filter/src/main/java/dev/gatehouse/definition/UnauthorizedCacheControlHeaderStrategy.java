package dev.gatehouse.definition;

/** What a caller gets who asks for cache invalidation without being allowed to. */
public enum UnauthorizedCacheControlHeaderStrategy {
    FAIL_WITH_403,
    SUCCEED_WITH_RESPONSE_HEADER,
    SUCCEED_WITHOUT_RESPONSE_HEADER
}
