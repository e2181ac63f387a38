package dev.gatehouse;

import dev.gatehouse.configuration.VpcLinkConfiguration;
import dev.gatehouse.dataplane.integration.JettyHttpSender;
import dev.gatehouse.http.ClientProfile;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** HTTP clients that outlive a deployment as long as the next one wants them, too. Thread-safe. */
final class ClientPool implements AutoCloseable {

    /**
     * What makes a client another one.
     *
     * @param link null for none
     */
    record Way(VpcLinkConfiguration link, ClientProfile profile) {}

    private final Map<Way, JettyHttpSender> clients = new ConcurrentHashMap<>();
    private boolean closed;

    synchronized JettyHttpSender get(Way way, Supplier<JettyHttpSender> start) {
        if (closed) {
            throw new IllegalStateException("the gateway is closed");
        }
        return clients.computeIfAbsent(way, wanted -> start.get());
    }

    /** Lets go of what belongs to links that are not among those: each client is closed when its calls are over. */
    synchronized void retain(Collection<VpcLinkConfiguration> links) {
        Set<VpcLinkConfiguration> wanted = Set.copyOf(links);
        clients.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().link() != null
                    && !wanted.contains(entry.getKey().link());
            if (gone) {
                entry.getValue().closeWhenIdle();
            }
            return gone;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        clients.values().forEach(JettyHttpSender::close);
        clients.clear();
    }
}
