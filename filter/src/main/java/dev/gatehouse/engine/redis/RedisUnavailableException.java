package dev.gatehouse.engine.redis;

import java.io.IOException;

/** Redis cannot be used as it is configured, whether it runs or not. */
public final class RedisUnavailableException extends IOException {

    RedisUnavailableException(String message) {
        super(message);
    }
}
