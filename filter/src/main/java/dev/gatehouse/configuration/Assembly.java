package dev.gatehouse.configuration;

import dev.gatehouse.configuration.FunctionConfiguration.FunctionName;
import dev.gatehouse.configuration.FunctionConfiguration.InProcess;
import dev.gatehouse.configuration.FunctionConfiguration.Remote;
import dev.gatehouse.configuration.Shape.Text;
import dev.gatehouse.definition.AccessLogSettings;
import dev.gatehouse.definition.CacheClusterStatus;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UnauthorizedCacheControlHeaderStrategy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Puts a configuration together from what a file says, and checks what no single place can tell: names used twice, references
 * into nothing. These checks also run over a file that has other problems, so that the author sees all of them at once.
 */
final class Assembly {

    private final Found file;
    private final Problems problems;
    private final Secrets secrets;
    private final String accountId;
    private final String region;

    Assembly(Found file, SecretSource source, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.secrets = new Secrets(source, problems);
        this.accountId = file.text("accountId", GatehouseConfiguration.DEFAULT_ACCOUNT_ID);
        this.region = file.text("region", GatehouseConfiguration.DEFAULT_REGION);
    }

    /** @return the configuration, or null where there are problems */
    GatehouseConfiguration configuration() {
        checkNames();
        Map<String, AwsCredentials> credentials = credentials();
        List<IdentityConfiguration> identities = new Identities(secrets, problems).of(file.items("identities"));
        ControlPlaneConfiguration controlPlane = controlPlane(file.get("controlPlane"));
        List<VpcLinkConfiguration> vpcLinks = new ArrayList<>();
        file.items("vpcLinks").forEach(link -> vpcLinks.add(vpcLink(link)));
        Cluster cluster = new Cluster(file, secrets, problems);
        UsageConfiguration usage = new UsagePlans(file, secrets, cluster, problems).read();
        TraceConfiguration traces = traces(file.get("requestTraces"));
        List<UserPoolConfiguration> userPools = userPools();
        ClusterConfiguration nodes = cluster.read();
        if (!problems.isEmpty()) {
            return null;
        }
        return new GatehouseConfiguration(
                accountId,
                region,
                Unmatched.valueOf(constant(file.text("unmatched", "refuse"))),
                UnmodelledBodies.valueOf(constant(file.text("unmodelledBodies", "pass"))),
                file.items("apis").stream().map(Assembly::api).toList(),
                file.items("functions").stream().map(Assembly::function).toList(),
                credentials,
                identities,
                userPools,
                file.items("roles").stream()
                        .map(source -> (String) source.value())
                        .toList(),
                controlPlane,
                usage,
                nodes,
                endpoints(),
                vpcLinks,
                aws(file.get("aws")),
                traces);
    }

    private void checkNames() {
        Map<String, Found> apiIds = new HashMap<>();
        Map<String, Found> basePaths = new HashMap<>();
        for (Found api : file.items("apis")) {
            once(apiIds, api.get("restApiId"), "two ids must differ in more than case", true);
            Map<String, Found> stageNames = new HashMap<>();
            for (Found stage : api.items("stages")) {
                once(stageNames, stage.get("stageName"), "a stage has its name once in its API", false);
                once(basePaths, stage.get("servedAt"), "one base path leads to one stage", false);
            }
        }
        Map<String, Found> pools = new HashMap<>();
        for (Found pool : file.items("userPools")) {
            once(pools, pool.get("arn"), "one user pool is declared once", false);
        }
        Map<String, Found> functions = new HashMap<>();
        for (Found function : file.items("functions")) {
            Found name = nameOf(function);
            if (name != null) {
                String arn = FunctionName.parse((String) name.value()).arn(region, accountId);
                twice(functions.putIfAbsent(arn, name), name, "one function is declared once");
            }
            checkReference(function.get("credentials"));
        }
        Map<String, Found> links = new HashMap<>();
        Map<String, Found> targets = new HashMap<>();
        for (Found link : file.items("vpcLinks")) {
            once(links, link.get("id"), "a VPC link has one entry", false);
            once(targets, link.get("targetArn"), "one target has one entry", false);
            Map<String, Found> listeners = new HashMap<>();
            for (Found listener : link.items("listeners")) {
                once(listeners, listener.get("listenerArn"), "a listener has one entry", false);
            }
        }
        Found aws = file.get("aws");
        if (aws != null) {
            Map<String, Found> roles = new HashMap<>();
            for (Found role : aws.items("roles")) {
                once(roles, role.get("roleArn"), "a role has one entry", false);
                checkReference(role.get("credentials"));
                if (role.get("externalId") != null
                        && role.get("assumeRole") != null
                        && !role.flag("assumeRole", false)) {
                    problems.add(role.get("externalId").place(), "belongs to a role that is assumed: assumeRole: true");
                }
            }
            aws.items("endpoints").forEach(endpoint -> checkReference(endpoint.get("credentials")));
        }
    }

    private void once(Map<String, Found> seen, Found name, String rule, boolean ignoreCase) {
        if (name != null) {
            String text = (String) name.value();
            twice(seen.putIfAbsent(ignoreCase ? text.toLowerCase(Locale.ROOT) : text, name), name, rule);
        }
    }

    private void twice(Found before, Found name, String rule) {
        if (before != null) {
            problems.add(
                    name.place(),
                    ShapeReader.quote((String) name.value()) + " is used already, in line "
                            + before.place().line() + "; " + rule);
        }
    }

    private void checkReference(Found reference) {
        if (reference == null) {
            return;
        }
        TreeSet<String> known = new TreeSet<>();
        file.entries("credentials", (name, pair) -> known.add(name));
        String name = (String) reference.value();
        if (!known.contains(name)) {
            problems.add(
                    reference.place(),
                    "there is no entry " + ShapeReader.quote(name) + " below credentials"
                            + Spelling.suggestion(name, known));
        }
    }

    private static Found nameOf(Found function) {
        Found name = function.get("functionName");
        return name != null ? name : function.get("functionArn");
    }

    private Map<String, AwsCredentials> credentials() {
        Map<String, AwsCredentials> pairs = new LinkedHashMap<>();
        file.entries("credentials", (name, pair) -> {
            String id = secrets.value(pair.get("accessKeyId"));
            String secret = secrets.value(pair.get("secretAccessKey"));
            String token = secrets.value(pair.get("sessionToken"));
            if (id != null && secret != null) {
                pairs.put(name, new AwsCredentials(id, secret, token));
            }
        });
        return pairs;
    }

    private static RestApiConfiguration api(Found api) {
        return new RestApiConfiguration(
                api.text("restApiId"),
                api.text("body"),
                Basepath.valueOf(constant(api.text("basepath", "ignore"))),
                api.flag("failOnWarnings", false),
                api.items("stages").stream()
                        .map(stage -> new StageConfiguration(stage(stage), stage.text("servedAt")))
                        .toList());
    }

    private static Stage stage(Found found) {
        Stage.Draft stage = Stage.draft();
        stage.stageName = found.text("stageName");
        stage.description = found.text("description");
        stage.variables = texts(found, "variables");
        stage.methodSettings = methodSettings(found);
        stage.tracingEnabled = found.flag("tracingEnabled", false);
        stage.cacheClusterEnabled = found.flag("cacheClusterEnabled", false);
        stage.cacheClusterSize = found.text("cacheClusterSize", stage.cacheClusterEnabled ? "0.5" : null);
        stage.cacheClusterStatus =
                stage.cacheClusterEnabled ? CacheClusterStatus.AVAILABLE : CacheClusterStatus.NOT_AVAILABLE;
        stage.canarySettings = canary(found.get("canarySettings"));
        stage.accessLogSettings = accessLog(found.get("accessLogSettings"));
        stage.clientCertificateId = found.text("clientCertificateId");
        stage.documentationVersion = found.text("documentationVersion");
        stage.webAclArn = found.text("webAclArn");
        stage.tags = texts(found, "tags");
        return stage.build();
    }

    static Map<String, String> texts(Found found, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        found.entries(key, (name, text) -> texts.put(name, (String) text.value()));
        return texts;
    }

    /** A single method begins with the settings of all methods, as it does on Amazon when it gets its first own one. */
    private static Map<String, MethodSetting> methodSettings(Found stage) {
        Found settings = stage.get("methodSettings");
        Found forAll = settings == null ? null : settings.get(FileShape.ALL_METHODS);
        MethodSetting common = forAll == null ? MethodSetting.DEFAULTS : methodSetting(forAll, MethodSetting.DEFAULTS);
        Map<String, MethodSetting> all = new LinkedHashMap<>();
        stage.entries("methodSettings", (name, setting) -> all.put(name, methodSetting(setting, common)));
        return all;
    }

    private static MethodSetting methodSetting(Found found, MethodSetting base) {
        String level = found.text("loggingLevel");
        String strategy = found.text("unauthorizedCacheControlHeaderStrategy");
        return base.with(setting -> {
            setting.metricsEnabled = found.flag("metricsEnabled", base.metricsEnabled());
            setting.loggingLevel = level == null ? base.loggingLevel() : LoggingLevel.valueOf(level);
            setting.dataTraceEnabled = found.flag("dataTraceEnabled", base.dataTraceEnabled());
            setting.throttlingBurstLimit = found.whole("throttlingBurstLimit", base.throttlingBurstLimit());
            setting.throttlingRateLimit = found.fraction("throttlingRateLimit", base.throttlingRateLimit());
            setting.cachingEnabled = found.flag("cachingEnabled", base.cachingEnabled());
            setting.cacheTtlInSeconds = found.whole("cacheTtlInSeconds", base.cacheTtlInSeconds());
            setting.cacheDataEncrypted = found.flag("cacheDataEncrypted", base.cacheDataEncrypted());
            setting.requireAuthorizationForCacheControl =
                    found.flag("requireAuthorizationForCacheControl", base.requireAuthorizationForCacheControl());
            setting.unauthorizedCacheControlHeaderStrategy = strategy == null
                    ? base.unauthorizedCacheControlHeaderStrategy()
                    : UnauthorizedCacheControlHeaderStrategy.valueOf(strategy);
        });
    }

    private static CanarySettings canary(Found canary) {
        return canary == null
                ? null
                : new CanarySettings(
                        canary.fraction("percentTraffic", 0),
                        null,
                        texts(canary, "stageVariableOverrides"),
                        canary.flag("useStageCache", false));
    }

    private static AccessLogSettings accessLog(Found log) {
        return log == null ? null : new AccessLogSettings(log.text("format"), log.text("destinationArn"));
    }

    private static FunctionConfiguration function(Found found) {
        FunctionName name = FunctionName.parse((String) nameOf(found).value());
        if (found.get("handler") != null) {
            return new InProcess(
                    name,
                    found.text("handler"),
                    Duration.ofSeconds(found.whole("timeout", InProcess.DEFAULT_TIMEOUT)),
                    found.whole("memorySize", InProcess.MIN_MEMORY));
        }
        return new Remote(name, URI.create(found.text("endpoint")), found.text("region"), found.text("credentials"));
    }

    /** Those that can be read; what is wrong with the others is noted. */
    private List<UserPoolConfiguration> userPools() {
        List<UserPoolConfiguration> pools = new ArrayList<>();
        for (Found pool : file.items("userPools")) {
            String arn = pool.text("arn");
            String issuer = referred(pool.get("issuer"), FileShape.ISSUER);
            String jwksUri = referred(pool.get("jwksUri"), FileShape.JWKS_URI);
            if (arn != null && issuer != null && jwksUri != null) {
                pools.add(new UserPoolConfiguration(arn, issuer, URI.create(jwksUri)));
            }
        }
        return pools;
    }

    /** @return the text, wherever it lies; null where it is not there or not what it should be, which is then noted */
    private String referred(Found found, Text rule) {
        if (found == null || found.value() instanceof String) {
            return found == null ? null : (String) found.value();
        }
        String text = secrets.value(found);
        if (text != null && ShapeReader.fault(text, rule) != null) {
            problems.add(found.place(), "what lies there is not " + rule.says());
            return null;
        }
        return text;
    }

    private EndpointRules endpoints() {
        Found endpoints = file.get("endpoints");
        List<String> allow = new ArrayList<>();
        if (endpoints != null) {
            endpoints.items("allow").forEach(entry -> allow.add((String) entry.value()));
        }
        return EndpointRules.allowing(allow);
    }

    /** @return null where there is none, or it is wrong */
    private TraceConfiguration traces(Found found) {
        if (found == null) {
            return null;
        }
        String key = secrets.value(found.get("key"));
        if (key != null && key.length() < TraceConfiguration.SHORTEST_KEY) {
            problems.add(
                    found.get("key").place(),
                    "the key must have " + TraceConfiguration.SHORTEST_KEY + " characters or more");
        }
        DeclaredStages declared = new DeclaredStages(file, problems);
        List<TraceConfiguration.Stage> stages = new ArrayList<>();
        for (Found stage : found.items("stages")) {
            if (stage.get("apiId") != null && stage.get("stage") != null) {
                declared.check(stage.get("apiId"), stage.get("stage"), file.get("controlPlane") != null);
                stages.add(new TraceConfiguration.Stage(stage.text("apiId"), stage.text("stage")));
            }
        }
        return problems.isEmpty()
                ? new TraceConfiguration(
                        key,
                        Duration.ofSeconds(found.whole("validForSeconds", TraceConfiguration.DEFAULT_VALIDITY)),
                        stages)
                : null;
    }

    /** @return null where there is none, or what it says does not fit together */
    private ControlPlaneConfiguration controlPlane(Found found) {
        if (found == null) {
            return null;
        }
        Found directory = found.get("directory");
        if (directory != null && found.get("dataSource") != null) {
            problems.add(found.get("dataSource").place(), "only one of the keys directory, dataSource may be here");
            return null;
        }
        if (directory != null && found.get("pollIntervalInMillis") != null) {
            problems.add(
                    found.get("pollIntervalInMillis").place(),
                    "a directory belongs to one process, so there is nobody to ask about changes");
            return null;
        }
        List<String> networks = found.items("networks").stream()
                .map(network -> (String) network.value())
                .toList();
        String generator = found.text("sdkGenerator");
        return new ControlPlaneConfiguration(
                directory == null ? null : Path.of((String) directory.value()),
                found.text("dataSource"),
                secrets.value(found.get("encryptionKey")),
                networks.isEmpty() ? Networks.LOOPBACK : Networks.of(networks),
                generator == null ? null : Path.of(generator),
                Duration.ofMillis(found.whole("pollIntervalInMillis", ControlPlaneConfiguration.DEFAULT_POLL)));
    }

    private VpcLinkConfiguration vpcLink(Found link) {
        Map<String, VpcLinkConfiguration.Address> listeners = new LinkedHashMap<>();
        for (Found listener : link.items("listeners")) {
            String address = listener.text("address");
            if (listener.text("listenerArn") != null && address != null) {
                listeners.put(listener.text("listenerArn"), VpcLinkConfiguration.Address.parse(address));
            }
        }
        String address = link.text("address");
        String trusted = secrets.value(link.get("trustedCertificates"));
        String certificate = secrets.value(link.get("clientCertificate"));
        String key = secrets.value(link.get("clientKey"));
        List<String> allow = new ArrayList<>();
        link.items("allow").forEach(entry -> allow.add((String) entry.value()));
        if (!problems.isEmpty()) {
            return null;
        }
        return new VpcLinkConfiguration(
                link.text("id"),
                link.text("targetArn"),
                address == null ? null : VpcLinkConfiguration.Address.parse(address),
                EndpointRules.allowing(allow),
                listeners,
                Duration.ofMillis(link.whole("connectTimeoutInMillis", VpcLinkConfiguration.DEFAULT_TIMEOUT)),
                new VpcLinkConfiguration.Tls(trusted, certificate, key));
    }

    private static AwsConfiguration aws(Found aws) {
        return aws == null
                ? AwsConfiguration.NONE
                : new AwsConfiguration(
                        aws.items("endpoints").stream()
                                .map(one -> new AwsConfiguration.ServiceLocation(
                                        one.text("service"),
                                        one.text("region"),
                                        URI.create(one.text("endpoint")),
                                        one.text("signingName"),
                                        one.text("credentials")))
                                .toList(),
                        aws.items("roles").stream()
                                .map(one -> new AwsConfiguration.Role(
                                        one.text("roleArn"),
                                        one.text("credentials"),
                                        one.flag("assumeRole", false),
                                        one.text("externalId")))
                                .toList());
    }

    private static String constant(String written) {
        return written.toUpperCase(Locale.ROOT);
    }
}
