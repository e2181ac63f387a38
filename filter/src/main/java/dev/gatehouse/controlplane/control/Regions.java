package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.definition.ThrottleSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The regions of a control plane. Thread-safe. */
final class Regions {

    /**
     * One of them.
     *
     * @param store what the operations see
     * @param publisher what of it is served
     */
    record Region(DefinitionStore store, Publisher publisher) {}

    private final DefinitionStore store;
    private final Supplier<Declarations> declared;
    private final DataPlane dataPlane;
    private final String home;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();
    private long revision = -1;

    /** @param home where what is declared belongs to */
    Regions(DefinitionStore store, Supplier<Declarations> declared, DataPlane dataPlane, String home) {
        this.store = store;
        this.declared = declared;
        this.dataPlane = dataPlane;
        this.home = home;
    }

    Region in(String name) {
        return regions.computeIfAbsent(name, this::region);
    }

    private Region region(String name) {
        DefinitionStore regional = new RegionalStore(store, name);
        return new Region(
                new DeclaredStore(regional, name.equals(home) ? declared : () -> Declarations.NONE),
                new Publisher(regional, name, dataPlane));
    }

    /** The limit over all calls of all regions; null for none. */
    ThrottleSettings accountThrottle() {
        return declared.get().accountThrottle();
    }

    /** What has changed since the last time, in any region. */
    synchronized void refresh() {
        long now = store.revision();
        if (now != revision) {
            RegionalStore.regions(store).forEach(name -> in(name).publisher().refresh());
            revision = now;
        }
    }
}
