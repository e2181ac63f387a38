package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.UsagePlan;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the data plane what the store says of one region. One at a time, and always what is in the store now: two changes whose
 * calls overtake each other cannot leave the older one served.
 */
final class Publisher {

    /** Definitions of that many APIs are in memory at once, and the table of addresses is made anew that often. */
    private static final int BATCH = 256;

    private final DefinitionStore store;
    private final String region;
    private final DataPlane dataPlane;

    /** API to the sequence of its mark, as of the last time it was published. */
    private final Map<String, Long> published = new HashMap<>();

    private List<HostedDomain> domains = List.of();
    private long revision = -1;
    private long lastMark;
    private long lastAccess = -1;

    /** @param store what is declared in that region */
    Publisher(DefinitionStore store, String region, DataPlane dataPlane) {
        this.store = store;
        this.region = region;
        this.dataPlane = dataPlane;
    }

    List<Problem> check(Release release) {
        return dataPlane.check(region, release);
    }

    MethodTrial.Result test(MethodTrial trial) {
        return dataPlane.test(region, trial);
    }

    AuthorizerTrial.Result test(AuthorizerTrial trial) {
        return dataPlane.test(region, trial);
    }

    void flushAuthorizers(String apiId, String stageName) {
        dataPlane.flushAuthorizers(apiId, stageName);
    }

    synchronized void publish(String apiId) {
        publish(List.of(apiId));
    }

    Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to) {
        return dataPlane.usage(plan, keyIds, from, to);
    }

    void extendQuota(UsagePlan plan, String keyId, long remaining) {
        dataPlane.extendQuota(plan, keyId, remaining);
    }

    /** API keys and usage plans that have changed since the last time, whoever changed them; the first time all. */
    synchronized void publishAccess() {
        long before = lastAccess;
        lastAccess = store.read(reading -> {
            List<AccessMarks.Mark> marks = AccessMarks.after(reading, before);
            if (before < 0) {
                reading.list(UsagePlans.KIND, "")
                        .forEach(entry -> dataPlane.admitPlan(entry.key().id(), UsagePlans.read(entry)));
                reading.list(ApiKeys.KIND, "")
                        .forEach(entry -> admitKey(reading, entry.key().id()));
            } else {
                for (AccessMarks.Mark mark : marks) {
                    if (mark.kind().equals(ApiKeys.KIND)) {
                        admitKey(reading, mark.id());
                    } else {
                        dataPlane.admitPlan(
                                mark.id(), UsagePlans.find(reading, mark.id()).orElse(null));
                    }
                }
            }
            return marks.isEmpty()
                    ? Math.max(0, before)
                    : marks.get(marks.size() - 1).sequence();
        });
    }

    private void admitKey(Reading reading, String keyId) {
        dataPlane.admitKey(keyId, ApiKeys.find(reading, keyId).orElse(null), UsagePlans.plansOf(reading, keyId));
    }

    /** Custom domain names are few, so they are told as a whole, where one of them has changed. */
    synchronized void publishDomains() {
        List<HostedDomain> now = store.read(Domains::hosted);
        if (!now.equals(domains)) {
            dataPlane.publish(region, now);
            domains = now;
        }
    }

    /** What has changed since the last time, whoever changed it; the first time everything. */
    synchronized void refresh() {
        long now = store.revision();
        if (now == revision) {
            return;
        }
        Map<String, Long> changed = store.read(reading -> ServedMarks.after(reading, lastMark));
        List<String> news = changed.entrySet().stream()
                .filter(one -> !one.getValue().equals(published.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        for (int from = 0; from < news.size(); from += BATCH) {
            publish(news.subList(from, Math.min(news.size(), from + BATCH)));
        }
        publishDomains();
        publishAccess();
        // only now: what has failed is to be done again
        lastMark = changed.values().stream().mapToLong(Long::longValue).max().orElse(lastMark);
        revision = now;
    }

    private void publish(List<String> apiIds) {
        Map<String, Long> marks = new HashMap<>();
        Map<String, List<Release>> releases = store.read(reading -> {
            marks.clear();
            Map<String, List<Release>> all = new LinkedHashMap<>();
            for (String apiId : apiIds) {
                all.put(apiId, Stages.releases(reading, apiId));
                ServedMarks.find(reading, apiId).ifPresent(mark -> marks.put(apiId, mark));
            }
            return all;
        });
        dataPlane.publish(region, releases);
        published.putAll(marks);
    }
}
