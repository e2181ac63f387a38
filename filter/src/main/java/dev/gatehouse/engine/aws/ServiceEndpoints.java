package dev.gatehouse.engine.aws;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the services are: at Amazon's hosts, unless the configuration has them elsewhere. Source of the hosts: AWS general
 * reference, "AWS service endpoints". Immutable.
 */
public final class ServiceEndpoints {

    /** Amazon's hosts for everything. */
    public static final ServiceEndpoints AMAZON = new ServiceEndpoints(List.of());

    /**
     * A service somewhere else.
     *
     * @param service name in host names, with its sub-domain or without; null for every service
     * @param region null for every region
     * @param url absolute, without query
     * @param signingName null for Amazon's own
     */
    public record Elsewhere(String service, String region, URI url, String signingName) {

        private int precision() {
            return (service == null ? 0 : 2) + (region == null ? 0 : 1);
        }
    }

    private static final Map<String, String> SUFFIXES =
            Map.of("aws", "amazonaws.com", "aws-us-gov", "amazonaws.com", "aws-cn", "amazonaws.com.cn");

    /** One host for the whole world, signed for the region that it is in. */
    private static final Set<String> GLOBAL = Set.of("iam", "cloudfront", "route53", "organizations");

    private static final Map<String, String> SIGNING_NAMES = Map.of("email", "ses", "appsync-api", "appsync");

    private final List<Elsewhere> elsewhere;

    private ServiceEndpoints(List<Elsewhere> elsewhere) {
        this.elsewhere = List.copyOf(elsewhere);
    }

    /** @param elsewhere the most precise one that fits wins, the first of several */
    public static ServiceEndpoints of(List<Elsewhere> elsewhere) {
        return new ServiceEndpoints(elsewhere);
    }

    /**
     * @return where the uri's service takes calls
     * @throws IllegalArgumentException where that cannot be told
     */
    public ServiceEndpoint find(ServiceUri uri) {
        if (uri.subdomain() != null) {
            Optional<Elsewhere> whole = configured(uri.subdomain() + "." + uri.service(), uri.region());
            if (whole.isPresent() && whole.get().service() != null) {
                return moved(whole.get(), uri.service(), uri.region(), "");
            }
        }
        Optional<Elsewhere> moved = configured(uri.service(), uri.region());
        if (moved.isEmpty()) {
            return amazon(uri);
        }
        if (uri.subdomain() == null) {
            return moved(moved.get(), uri.service(), uri.region(), "");
        }
        if (uri.service().equals("s3")) {
            // S3 takes a bucket in the path as well, which needs no host name of its own
            return moved(moved.get(), "s3", uri.region(), "/" + uri.subdomain());
        }
        throw new IllegalArgumentException("the endpoint that is configured for " + uri.service()
                + " has no sub-domains: give service \"" + uri.subdomain() + "." + uri.service() + "\" one of its own");
    }

    /** Whether the configuration has that service somewhere else. */
    public boolean moved(String service, String region) {
        return configured(service, region).isPresent();
    }

    /** @return where a service without sub-domain takes calls, in Amazon's usual partition */
    public ServiceEndpoint find(String service, String region) {
        String partition = region.startsWith("cn-") ? "aws-cn" : "aws";
        return find(new ServiceUri(partition, region, null, service, null, "/"));
    }

    private Optional<Elsewhere> configured(String service, String region) {
        Elsewhere best = null;
        for (Elsewhere one : elsewhere) {
            boolean fits = (one.service() == null || one.service().equals(service))
                    && (one.region() == null || one.region().equals(region));
            if (fits && (best == null || one.precision() > best.precision())) {
                best = one;
            }
        }
        return Optional.ofNullable(best);
    }

    private static ServiceEndpoint moved(Elsewhere one, String service, String region, String prefix) {
        String url = one.url().toString().replaceAll("/+$", "") + prefix;
        String signingName = one.signingName() == null ? signingName(service) : one.signingName();
        return new ServiceEndpoint(url, GLOBAL.contains(service) ? "us-east-1" : region, signingName);
    }

    private static ServiceEndpoint amazon(ServiceUri uri) {
        String suffix = SUFFIXES.get(uri.partition());
        if (suffix == null) {
            throw new IllegalArgumentException(
                    "the hosts of partition " + uri.partition() + " are not known: name them in aws.endpoints");
        }
        String subdomain = uri.subdomain() == null ? "" : uri.subdomain() + ".";
        if (GLOBAL.contains(uri.service()) && uri.partition().equals("aws")) {
            return new ServiceEndpoint(
                    "https://" + subdomain + uri.service() + "." + suffix, "us-east-1", uri.service());
        }
        return new ServiceEndpoint(
                "https://" + subdomain + uri.service() + "." + uri.region() + "." + suffix,
                uri.region(),
                signingName(uri.service()));
    }

    private static String signingName(String service) {
        return SIGNING_NAMES.getOrDefault(service, service);
    }
}
