package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.DefinitionStore;
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

    private final AccessPublisher access;

    /** API to the sequence of its mark, as of the last time it was published. */
    private final Map<String, Long> published = new HashMap<>();

    private List<HostedDomain> domains = List.of();
    private Map<String, String> links = Map.of();
    private long revision = -1;
    private long lastMark;
    private long lastFlush = -1;

    /** @param store what is declared in that region */
    Publisher(DefinitionStore store, String region, DataPlane dataPlane) {
        this.store = store;
        this.region = region;
        this.dataPlane = dataPlane;
        this.access = new AccessPublisher(store, dataPlane);
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

    List<CallRecord> traces(String apiId, String stageName) {
        return dataPlane.traces(apiId, stageName);
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
        access.publish();
    }

    /** Stages whose authorizers are to be asked again; the first time none, as nothing is remembered then. */
    private void followFlushes() {
        long before = lastFlush;
        lastFlush = store.read(reading -> {
            if (before < 0) {
                return Marks.FLUSHED.last(reading);
            }
            Map<String, Long> flushed = Marks.FLUSHED.after(reading, before);
            flushed.keySet().stream()
                    .map(stage -> stage.split("/", 2))
                    .forEach(stage -> dataPlane.flushAuthorizers(stage[0], stage[1]));
            return Marks.last(flushed, before);
        });
    }

    /** Custom domain names are few, so they are told as a whole, where one of them has changed. */
    synchronized void publishDomains() {
        List<HostedDomain> now = store.read(Domains::hosted);
        if (!now.equals(domains)) {
            dataPlane.publish(region, now);
            domains = now;
        }
    }

    /** VPC links are few, too. */
    synchronized void publishLinks() {
        Map<String, String> now = store.read(VpcLinkOperations::targets);
        if (!now.equals(links)) {
            dataPlane.publishLinks(region, now);
            links = now;
        }
    }

    boolean leadsTo(String targetArn) {
        return dataPlane.leadsTo(targetArn);
    }

    /** What has changed since the last time, whoever changed it; the first time everything. */
    synchronized void refresh() {
        long now = store.revision();
        if (now == revision) {
            return;
        }
        // stages name them
        publishLinks();
        // before anything is served and remembered: what is flushed from here on is to be seen the next time
        followFlushes();
        Map<String, Long> changed = store.read(reading -> Marks.SERVED.after(reading, lastMark));
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
        lastMark = Marks.last(changed, lastMark);
        revision = now;
    }

    private void publish(List<String> apiIds) {
        Map<String, Long> marks = new HashMap<>();
        Map<String, List<Release>> releases = store.read(reading -> {
            marks.clear();
            Map<String, List<Release>> all = new LinkedHashMap<>();
            for (String apiId : apiIds) {
                all.put(apiId, Stages.releases(reading, apiId));
                Long mark = Marks.SERVED.of(reading, apiId);
                if (mark != null) {
                    marks.put(apiId, mark);
                }
            }
            return all;
        });
        dataPlane.publish(region, releases);
        published.putAll(marks);
    }
}
