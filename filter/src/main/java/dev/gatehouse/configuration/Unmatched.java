package dev.gatehouse.configuration;

/** What happens to a request that no API of the gateway knows. */
public enum Unmatched {
    /** It is answered as API Gateway answers it: 403 {@code Missing Authentication Token}. The default. */
    REFUSE,
    /** It goes on to the application behind the filter, unchecked. */
    PASS
}
