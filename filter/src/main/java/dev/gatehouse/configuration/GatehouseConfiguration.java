package dev.gatehouse.configuration;

import dev.gatehouse.engine.limit.Sharing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a gateway is configured to do: what {@code gatehouse.yaml} says, or an embedder with {@link #builder()}. Immutable;
 * nothing in it is null where it is not said so.
 *
 * @param accountId the account that ARNs and {@code $context.accountId} show: 12 digits
 * @param region the region that ARNs show and that signatures are checked against
 * @param unmatched what happens to a request that no API knows
 * @param unmodelledBodies what happens to a body whose content type has no model, where bodies are validated
 * @param apis the APIs; ids differ in more than case, because host names have none, and no base path is served twice
 * @param functions the Lambda functions there are, each once
 * @param credentials key pairs by the name that functions refer to them with
 * @param identities who may sign requests, each access key once
 * @param userPools those that are not where Amazon has them, each once
 * @param roles what of a caller the application sees as roles: {@code claims.}, {@code context.} or {@code tags.} and a name
 * @param controlPlane null where there is to be none
 * @param usage who may call how often
 * @param cluster null for a gateway of one node
 * @param endpoints which addresses integrations may call
 * @param vpcLinks private networks that integrations call into; ids and target ARNs once each
 * @param aws where AWS services are, and in whose name they are called
 * @param requestTraces which stages trace calls that demand it; null for none
 */
public record GatehouseConfiguration(
        String accountId,
        String region,
        Unmatched unmatched,
        UnmodelledBodies unmodelledBodies,
        List<RestApiConfiguration> apis,
        List<FunctionConfiguration> functions,
        Map<String, AwsCredentials> credentials,
        List<IdentityConfiguration> identities,
        List<UserPoolConfiguration> userPools,
        List<String> roles,
        ControlPlaneConfiguration controlPlane,
        UsageConfiguration usage,
        ClusterConfiguration cluster,
        EndpointRules endpoints,
        List<VpcLinkConfiguration> vpcLinks,
        AwsConfiguration aws,
        TraceConfiguration requestTraces) {

    public static final String DEFAULT_ACCOUNT_ID = "000000000000";
    public static final String DEFAULT_REGION = "us-east-1";

    static final Pattern ACCOUNT_ID = Pattern.compile("^[0-9]{12}$");
    static final Pattern REGION = Pattern.compile("^[a-z]{2}(?:-[a-z]{1,16}){1,3}-[0-9]{1,2}$");
    static final Pattern ROLE_SOURCE = Pattern.compile("^(?:claims|context|tags)\\.\\S.*$");
    static final Pattern CREDENTIALS_NAME = Pattern.compile("^[A-Za-z0-9._-]{1,64}$");

    /** @throws IllegalArgumentException on a value out of its range, a name used twice, or credentials that are not there */
    public GatehouseConfiguration {
        Check.matches("accountId", ACCOUNT_ID, accountId);
        Check.matches("region", REGION, region);
        Objects.requireNonNull(unmatched, "unmatched");
        Objects.requireNonNull(unmodelledBodies, "unmodelledBodies");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(endpoints, "endpoints");
        Objects.requireNonNull(aws, "aws");
        apis = List.copyOf(apis);
        functions = List.copyOf(functions);
        credentials = Map.copyOf(credentials);
        identities = List.copyOf(identities);
        userPools = List.copyOf(userPools);
        roles = List.copyOf(roles);
        vpcLinks = List.copyOf(vpcLinks);
        Check.distinct("vpcLink", vpcLinks, VpcLinkConfiguration::id);
        Check.distinct("targetArn", vpcLinks, VpcLinkConfiguration::targetArn);
        Check.distinct("userPool", userPools, UserPoolConfiguration::arn);
        roles.forEach(source -> Check.matches("roles", ROLE_SOURCE, source));
        String account = accountId;
        String home = region;
        Check.distinct("restApiId", apis, api -> api.restApiId().toLowerCase(Locale.ROOT));
        Check.distinct(
                "servedAt", apis.stream().flatMap(api -> api.stages().stream()).toList(), StageConfiguration::servedAt);
        Check.distinct("function", functions, function -> function.function().arn(home, account));
        Check.distinct(
                "accessKeyId", identities, identity -> identity.credentials().accessKeyId());
        credentials.keySet().forEach(name -> Check.matches("credentials", CREDENTIALS_NAME, name));
        for (FunctionConfiguration function : functions) {
            if (function instanceof FunctionConfiguration.Remote remote) {
                requireCredentials(remote.credentials(), credentials);
            }
        }
        boolean together = cluster != null && cluster.redis() != null;
        for (UsagePlanConfiguration plan : usage.usagePlans()) {
            if (!together && plan.terms() != null && plan.terms().sharing() != Sharing.LOCAL) {
                throw new IllegalArgumentException(
                        "usage plan " + plan.plan().id() + " is counted by a cluster with Redis, which is not there");
            }
        }
        for (AwsConfiguration.Role role : aws.roles()) {
            requireCredentials(role.credentials(), credentials);
        }
        for (AwsConfiguration.ServiceLocation location : aws.endpoints()) {
            requireCredentials(location.credentials(), credentials);
        }
    }

    private static void requireCredentials(String name, Map<String, AwsCredentials> credentials) {
        if (name != null && !credentials.containsKey(name)) {
            throw new IllegalArgumentException("there are no credentials \"" + name + '"');
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects a configuration for an embedder; begins with the defaults of the file. Not thread-safe. */
    public static final class Builder {

        private String accountId = DEFAULT_ACCOUNT_ID;
        private String region = DEFAULT_REGION;
        private Unmatched unmatched = Unmatched.REFUSE;
        private UnmodelledBodies unmodelledBodies = UnmodelledBodies.PASS;
        private final List<RestApiConfiguration> apis = new ArrayList<>();
        private final List<FunctionConfiguration> functions = new ArrayList<>();
        private final Map<String, AwsCredentials> credentials = new LinkedHashMap<>();
        private final List<IdentityConfiguration> identities = new ArrayList<>();
        private final List<UserPoolConfiguration> userPools = new ArrayList<>();
        private final List<String> roles = new ArrayList<>();
        private ControlPlaneConfiguration controlPlane;
        private UsageConfiguration usage = UsageConfiguration.NONE;
        private ClusterConfiguration cluster;
        private EndpointRules endpoints = EndpointRules.PUBLIC_ONLY;
        private final List<VpcLinkConfiguration> vpcLinks = new ArrayList<>();
        private AwsConfiguration aws = AwsConfiguration.NONE;
        private TraceConfiguration requestTraces;

        private Builder() {}

        public Builder accountId(String accountId) {
            this.accountId = accountId;
            return this;
        }

        public Builder region(String region) {
            this.region = region;
            return this;
        }

        public Builder unmatched(Unmatched unmatched) {
            this.unmatched = unmatched;
            return this;
        }

        public Builder unmodelledBodies(UnmodelledBodies unmodelledBodies) {
            this.unmodelledBodies = unmodelledBodies;
            return this;
        }

        public Builder api(RestApiConfiguration api) {
            apis.add(api);
            return this;
        }

        public Builder function(FunctionConfiguration function) {
            functions.add(function);
            return this;
        }

        public Builder credentials(String name, AwsCredentials pair) {
            credentials.put(name, pair);
            return this;
        }

        public Builder identity(IdentityConfiguration identity) {
            identities.add(identity);
            return this;
        }

        public Builder userPool(UserPoolConfiguration userPool) {
            userPools.add(userPool);
            return this;
        }

        /** @param source such as {@code claims.cognito:groups} */
        public Builder roles(String source) {
            roles.add(source);
            return this;
        }

        public Builder controlPlane(ControlPlaneConfiguration controlPlane) {
            this.controlPlane = controlPlane;
            return this;
        }

        public Builder usage(UsageConfiguration usage) {
            this.usage = usage;
            return this;
        }

        public Builder cluster(ClusterConfiguration cluster) {
            this.cluster = cluster;
            return this;
        }

        public Builder endpoints(EndpointRules endpoints) {
            this.endpoints = endpoints;
            return this;
        }

        public Builder vpcLink(VpcLinkConfiguration vpcLink) {
            vpcLinks.add(vpcLink);
            return this;
        }

        public Builder aws(AwsConfiguration aws) {
            this.aws = aws;
            return this;
        }

        public Builder requestTraces(TraceConfiguration requestTraces) {
            this.requestTraces = requestTraces;
            return this;
        }

        /** @throws IllegalArgumentException as {@link GatehouseConfiguration} does */
        public GatehouseConfiguration build() {
            return new GatehouseConfiguration(
                    accountId,
                    region,
                    unmatched,
                    unmodelledBodies,
                    apis,
                    functions,
                    credentials,
                    identities,
                    userPools,
                    roles,
                    controlPlane,
                    usage,
                    cluster,
                    endpoints,
                    vpcLinks,
                    aws,
                    requestTraces);
        }
    }
}
