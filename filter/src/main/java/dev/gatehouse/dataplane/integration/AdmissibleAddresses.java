package dev.gatehouse.dataplane.integration;

import dev.gatehouse.http.BackendException;
import dev.gatehouse.http.BackendException.Reason;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves a host and leaves out the addresses that may not be called. The connection is made to one of those left, without
 * asking for the name again.
 */
final class AdmissibleAddresses implements SocketAddressResolver {

    private final HttpClient client;
    private final BiPredicate<String, InetSocketAddress> admissible;
    private final InetSocketAddress fixed;

    /** @param fixed instead of whatever a call's host resolves to, and admissible; null for none */
    AdmissibleAddresses(HttpClient client, BiPredicate<String, InetSocketAddress> admissible, InetSocketAddress fixed) {
        this.client = client;
        this.admissible = admissible;
        this.fixed = fixed;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Async names = new Async(client.getExecutor(), client.getScheduler(), client.getAddressResolutionTimeout());
        if (fixed != null) {
            names.resolve(fixed.getHostString(), fixed.getPort(), context, promise);
        } else {
            names.resolve(host, port, context, Promise.from(found -> choose(host, found, promise), promise::failed));
        }
    }

    private void choose(String host, List<InetSocketAddress> found, Promise<List<InetSocketAddress>> promise) {
        List<InetSocketAddress> left =
                found.stream().filter(address -> admissible.test(host, address)).collect(Collectors.toList());
        if (left.isEmpty()) {
            promise.failed(new BackendException(Reason.INVALID_ENDPOINT, "address of " + host + " may not be called"));
        } else {
            promise.succeeded(left);
        }
    }
}
