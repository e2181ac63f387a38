package dev.gatehouse;

import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.configuration.VpcLinkConfiguration;
import dev.gatehouse.dataplane.integration.BackendTls;
import dev.gatehouse.dataplane.integration.JettyHttpSender;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.http.ClientProfile;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.HttpSenders;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The HTTP clients of one deployment of the configuration: the common one, and one for each way that differs from it. */
final class Clients implements HttpSenders {

    private final HttpSender internet;
    private final ClientPool pool;
    private final JettyHttpSender.Settings settings;
    private final Map<String, VpcLinkConfiguration> links = new LinkedHashMap<>();
    private final Map<ClientProfile, HttpSender> senders = new ConcurrentHashMap<>();

    private Clients(HttpSender internet, ClientPool pool, JettyHttpSender.Settings settings) {
        this.internet = internet;
        this.pool = pool;
        this.settings = settings;
    }

    /**
     * @param internet the common one
     * @param pool starts the others when they are needed first
     * @param settings of the common one
     * @param problems gets what is wrong with certificates and keys
     */
    static Clients of(
            GatehouseConfiguration read,
            HttpSender internet,
            ClientPool pool,
            JettyHttpSender.Settings settings,
            List<Problem> problems) {
        Clients clients = new Clients(internet, pool, settings);
        for (VpcLinkConfiguration link : read.vpcLinks()) {
            clients.links.put(link.id(), link);
            try {
                tls(link.tls(), false);
            } catch (IllegalArgumentException e) {
                problems.add(Problem.error("vpcLinks", "/" + link.id(), e.getMessage()));
            }
        }
        return clients;
    }

    /** Clients that no call of this deployment can want are closed when their calls are over. */
    void release() {
        pool.retain(links.values());
    }

    @Override
    public HttpSender of(ClientProfile profile) {
        if (profile.equals(ClientProfile.INTERNET)) {
            return internet;
        }
        VpcLinkConfiguration link = profile.vpcLink() == null ? null : links.get(profile.vpcLink());
        if (link == null && profile.vpcLink() != null
                || profile.listener() != null && !link.listeners().containsKey(profile.listener())) {
            return HttpSenders.none(profile);
        }
        return senders.computeIfAbsent(profile, one -> pool.get(new ClientPool.Way(link, one), () -> start(link, one)));
    }

    private JettyHttpSender start(VpcLinkConfiguration link, ClientProfile profile) {
        if (link == null) {
            return JettyHttpSender.start(settings, tls(VpcLinkConfiguration.Tls.PLATFORM, profile.anyAuthority()));
        }
        VpcLinkConfiguration.Address address =
                profile.listener() == null ? link.address() : link.listeners().get(profile.listener());
        return JettyHttpSender.start(
                settings.withAdmissible((host, found) -> link.allow().names(host, found.getAddress()))
                        .withAddress(
                                address == null
                                        ? null
                                        : InetSocketAddress.createUnresolved(address.host(), address.port()),
                                link.connectTimeout()),
                tls(link.tls(), profile.anyAuthority()));
    }

    private static BackendTls tls(VpcLinkConfiguration.Tls tls, boolean anyAuthority) {
        return BackendTls.of(tls.trustedCertificates(), tls.clientCertificate(), tls.clientKey(), anyAuthority);
    }

    /**
     * Where a VPC link leads.
     *
     * @param targetOf target ARN of a link that the control plane has created, by its id
     * @throws IllegalArgumentException telling why it leads nowhere
     */
    ClientProfile vpcLink(String connectionId, String listener, Map<String, String> targetOf) {
        VpcLinkConfiguration link = links.get(connectionId);
        if (link == null) {
            String target = targetOf.get(connectionId);
            link = target == null ? null : byTarget(target);
            if (link == null) {
                throw new IllegalArgumentException(
                        target == null
                                ? "there is no VPC link " + connectionId
                                        + ": give it an entry below vpcLinks in gatehouse.yaml"
                                : "VPC link " + connectionId + " leads to " + target
                                        + ": give that targetArn an entry below vpcLinks in gatehouse.yaml");
            }
        }
        if (listener != null && !link.listeners().containsKey(listener)) {
            throw new IllegalArgumentException("VPC link " + link.id() + " knows no listener " + listener
                    + ": add it to its entry in gatehouse.yaml");
        }
        return new ClientProfile(link.id(), listener, false);
    }

    /** Whether a link to that target leads anywhere. */
    boolean leadsTo(String targetArn) {
        return byTarget(targetArn) != null;
    }

    private VpcLinkConfiguration byTarget(String targetArn) {
        return links.values().stream()
                .filter(link -> targetArn.equals(link.targetArn()))
                .findFirst()
                .orElse(null);
    }
}
