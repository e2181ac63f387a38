package dev.gatehouse.dataplane.observe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest traces, in memory: when there are too many, the oldest go. Thread-safe. */
public final class KeptTraces {

    private static final int MOST = 64;
    private static final long LARGEST = 16L * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.traces");

    private final Deque<Trace> traces = new ArrayDeque<>();
    private long bytes;

    /** Also tells a logger: who was traced at level INFO, the trace itself at level DEBUG. */
    public void keep(Trace trace) {
        synchronized (traces) {
            traces.addFirst(trace);
            bytes += trace.document().length;
            while (traces.size() > MOST || bytes > LARGEST) {
                bytes -= traces.removeLast().document().length;
            }
        }
        LOG.info("Traced a call of {}/{}: {}", trace.restApiId(), trace.stageName(), trace.id());
        if (LOG.isDebugEnabled()) {
            LOG.debug("{}", new String(trace.document(), StandardCharsets.UTF_8));
        }
    }

    /** @return empty where there was none, or it is gone */
    public Optional<Trace> find(String restApiId, String stageName, String id) {
        return list(restApiId, stageName).stream()
                .filter(trace -> trace.id().equals(id))
                .findFirst();
    }

    /** Those of a stage, the latest first. */
    public List<Trace> list(String restApiId, String stageName) {
        List<Trace> found = new ArrayList<>();
        synchronized (traces) {
            for (Trace trace : traces) {
                if (trace.restApiId().equals(restApiId) && trace.stageName().equals(stageName)) {
                    found.add(trace);
                }
            }
        }
        return Collections.unmodifiableList(found);
    }
}
