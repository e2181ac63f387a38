package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.DomainName;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.RoutingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Custom domain names in the store. A public one is found by its name alone; a private one has an id, too, as several private ones
 * may share a name. Host names compare without case, so their keys are in lower case.
 */
final class Domains {

    static final String KIND = "domainname";
    static final String UNKNOWN = "Invalid domain name identifier specified";

    private Domains() {}

    static boolean isPrivate(DomainName domain) {
        return domain.endpointConfiguration().types().contains(EndpointType.PRIVATE);
    }

    /**
     * What the key of a domain name is made of, and the last part of its ARN.
     *
     * @param id null for a public one
     */
    static String reference(String name, String id) {
        String host = name.toLowerCase(Locale.ROOT);
        return id == null ? host : host + "+" + id;
    }

    static String reference(DomainName domain) {
        return reference(domain.domainName(), domain.domainNameId());
    }

    /** The domain name that a call is about: by its label {@code domain_name} and, in the query, {@code domainNameId}. */
    static String reference(Call call) {
        String id = call.query("domainNameId");
        return reference(call.label("domain_name"), id == null || id.isEmpty() ? null : id);
    }

    /** As Amazon makes them (API Gateway developer guide): only that of a private one has the account. */
    static String arn(Home home, String name, String id) {
        return "arn:aws:apigateway:" + home.region() + ":" + (id == null ? "" : home.accountId()) + ":/domainnames/"
                + reference(name, id);
    }

    static Optional<DomainName> find(Reading reading, String reference) {
        return reading.get(Key.of(KIND, reference)).map(Domains::read);
    }

    static DomainName get(Reading reading, String reference) {
        return find(reading, reference).orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    static DomainName read(Entry entry) {
        return Documents.read(entry.json(), DomainName.class);
    }

    /**
     * Where requests are led. Private names lead nowhere: nobody reaches them from outside of networks that are not here. Nor do
     * those that go by routing rules alone, as there are none.
     */
    static List<HostedDomain> hosted(Reading reading) {
        Map<String, HostedDomain> hosted = new LinkedHashMap<>();
        reading.list(KIND, "").stream().map(Domains::read).forEach(domain -> {
            String host = domain.domainName().toLowerCase(Locale.ROOT);
            boolean leads = !isPrivate(domain)
                    && domain.mutualTlsAuthentication() == null
                    && domain.routingMode() != RoutingMode.ROUTING_RULE_ONLY;
            if (leads) {
                hosted.put(host, new HostedDomain(host, BasePathMappingOperations.of(reading, reference(domain))));
            } else {
                hosted.putIfAbsent(host, new HostedDomain(host, List.of()));
            }
        });
        return List.copyOf(hosted.values());
    }

    static void put(Writing writing, DomainName domain) {
        writing.put(Key.of(KIND, reference(domain)), Documents.text(domain));
    }
}
