package dev.gatehouse.configuration;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How AWS services are called: where they are, and in whose name.
 *
 * @param endpoints services that are not at Amazon's hosts; the most precise entry that fits wins, the first of several
 * @param roles what calls are signed with where a definition names a role, each once
 */
public record AwsConfiguration(List<ServiceLocation> endpoints, List<Role> roles) {

    /** Amazon's hosts, and no role. */
    public static final AwsConfiguration NONE = new AwsConfiguration(List.of(), List.of());

    /** @throws IllegalArgumentException on a role that has two entries */
    public AwsConfiguration {
        endpoints = List.copyOf(endpoints);
        roles = List.copyOf(roles);
        Check.distinct("roleArn", roles, Role::roleArn);
    }

    /**
     * Where services are.
     *
     * @param service name in Amazon's host names, such as {@code dynamodb} or {@code runtime.sagemaker}; null for every service
     * @param region null for every region
     * @param endpoint an absolute http or https URL without user, query and fragment
     * @param signingName what calls are signed for; null for Amazon's own name of the service
     * @param credentials name of an entry of {@link GatehouseConfiguration#credentials()} for calls of Lambda functions without
     *     a role; null where these are not signed
     */
    public record ServiceLocation(String service, String region, URI endpoint, String signingName, String credentials) {

        static final Pattern SERVICE = Pattern.compile("^[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*$");
        static final Pattern SIGNING_NAME = Pattern.compile("^[a-z0-9-]+$");

        /** @throws IllegalArgumentException on a part that is malformed */
        public ServiceLocation {
            String wrong = FunctionConfiguration.Remote.endpointFault(endpoint);
            if (wrong != null) {
                throw new IllegalArgumentException("endpoint " + wrong);
            }
            if (service != null) {
                Check.matches("service", SERVICE, service);
            }
            if (region != null) {
                Check.matches("region", GatehouseConfiguration.REGION, region);
            }
            if (signingName != null) {
                Check.matches("signingName", SIGNING_NAME, signingName);
            }
        }

        /** Every service of every region, and functions without signature. */
        public static ServiceLocation ofEverything(URI endpoint) {
            return new ServiceLocation(null, null, endpoint, null, null);
        }
    }

    /**
     * What to sign with in the name of a role.
     *
     * @param roleArn whole, or {@code *} for every role without an entry of its own
     * @param credentials name of an entry of {@link GatehouseConfiguration#credentials()}
     * @param assumeRole whether the key pair belongs to somebody who assumes the role at STS; otherwise it stands for the role
     * @param externalId what the trust policy of the role asks for; null for nothing
     */
    public record Role(String roleArn, String credentials, boolean assumeRole, String externalId) {

        static final Pattern ROLE_ARN =
                Pattern.compile("^(?:\\*|arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,576})$");

        /** @throws IllegalArgumentException on an ARN that is none */
        public Role {
            Check.matches("roleArn", ROLE_ARN, roleArn);
            Objects.requireNonNull(credentials, "credentials");
            if (externalId != null && !assumeRole) {
                throw new IllegalArgumentException("externalId is for a role that is assumed");
            }
        }

        /** A key pair that stands for the role itself. */
        public static Role of(String roleArn, String credentials) {
            return new Role(roleArn, credentials, false, null);
        }
    }
}
