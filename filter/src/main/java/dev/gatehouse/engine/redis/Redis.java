package dev.gatehouse.engine.redis;

/** The way in: says what is missing, before anything is loaded that needs it. */
public final class Redis {

    /** What to add to the class path. */
    public static final String LIBRARY = "io.lettuce:lettuce-core:7.7.0.RELEASE";

    private Redis() {}

    /**
     * Begins to connect; a gateway starts without its Redis, too.
     *
     * @throws RedisUnavailableException where the library is not there, or the certificates to trust are not
     */
    public static RedisLine open(RedisSettings settings) throws RedisUnavailableException {
        try {
            Class.forName("io.lettuce.core.RedisClient", false, Redis.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new RedisUnavailableException("needs " + LIBRARY + " on the class path");
        }
        if (settings.caCertificate() != null
                && !settings.caCertificate().toFile().canRead()) {
            throw new RedisUnavailableException("the certificates in " + settings.caCertificate() + " cannot be read");
        }
        return RedisLine.start(settings);
    }
}
