package dev.gatehouse;

/**
 * Has a say in the gateway that {@code GatehouseFilter} starts. The filter finds implementations in the application by {@link
 * java.util.ServiceLoader}; the CDI module brings one that asks the application's beans of this type.
 */
public interface GatehouseCustomizer {

    /**
     * Called once, before the gateway is built.
     *
     * @param builder has been told where the configuration file is; may be told something else
     */
    void customize(GatehouseBuilder builder);

    /** Called once, when the gateway serves. */
    default void started(Gatehouse gateway) {}
}
