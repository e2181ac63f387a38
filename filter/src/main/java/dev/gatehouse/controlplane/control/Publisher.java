package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the data plane what the store says. One at a time, and always what is in the store now: two changes whose calls overtake
 * each other cannot leave the older one served.
 */
final class Publisher {

    private final DefinitionStore store;
    private final DataPlane dataPlane;
    private final Set<String> published = new HashSet<>();
    private long revision = -1;

    Publisher(DefinitionStore store, DataPlane dataPlane) {
        this.store = store;
        this.dataPlane = dataPlane;
    }

    List<Problem> check(Release release) {
        return dataPlane.check(release);
    }

    MethodTrial.Result test(MethodTrial trial) {
        return dataPlane.test(trial);
    }

    synchronized void publish(String apiId) {
        publish(apiId, store.read(reading -> Stages.releases(reading, apiId)));
    }

    /** Everything, where something has changed since the last time. */
    synchronized void refresh() {
        long now = store.revision();
        if (now == revision) {
            return;
        }
        Map<String, List<Release>> all = store.read(Publisher::everything);
        Set<String> gone = new HashSet<>(published);
        gone.removeAll(all.keySet());
        gone.forEach(apiId -> publish(apiId, List.of()));
        all.forEach(this::publish);
        revision = now;
    }

    private static Map<String, List<Release>> everything(Reading reading) {
        Map<String, List<Release>> all = new HashMap<>();
        reading.list(Apis.KIND, "").forEach(entry -> {
            String apiId = entry.key().id();
            List<Release> releases = Stages.releases(reading, apiId);
            if (!releases.isEmpty()) {
                all.put(apiId, releases);
            }
        });
        return all;
    }

    private void publish(String apiId, List<Release> releases) {
        dataPlane.publish(apiId, releases);
        if (releases.isEmpty()) {
            published.remove(apiId);
        } else {
            published.add(apiId);
        }
    }
}
