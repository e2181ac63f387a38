package dev.gatehouse.configuration;

import static dev.gatehouse.configuration.Shape.Key.optional;
import static dev.gatehouse.configuration.Shape.Key.required;

import dev.gatehouse.configuration.AwsConfiguration.Role;
import dev.gatehouse.configuration.AwsConfiguration.ServiceLocation;
import dev.gatehouse.configuration.FunctionConfiguration.FunctionName;
import dev.gatehouse.configuration.FunctionConfiguration.InProcess;
import dev.gatehouse.configuration.FunctionConfiguration.Remote;
import dev.gatehouse.configuration.Shape.Choice;
import dev.gatehouse.configuration.Shape.Document;
import dev.gatehouse.configuration.Shape.Flag;
import dev.gatehouse.configuration.Shape.Fraction;
import dev.gatehouse.configuration.Shape.Keys;
import dev.gatehouse.configuration.Shape.Listing;
import dev.gatehouse.configuration.Shape.Names;
import dev.gatehouse.configuration.Shape.Referable;
import dev.gatehouse.configuration.Shape.Text;
import dev.gatehouse.configuration.Shape.Whole;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.QuotaPeriodType;
import dev.gatehouse.definition.UnauthorizedCacheControlHeaderStrategy;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.limit.Sharing;
import dev.gatehouse.engine.redis.Redis;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every key of {@code gatehouse.yaml}: the only place where they are listed. */
final class FileShape {

    private FileShape() {}

    static final String ALL_METHODS = "*/*";

    private static final Pattern USAGE_ID = Pattern.compile("^[A-Za-z0-9_-]+$");

    private static final Text REGION =
            Text.of(GatehouseConfiguration.REGION, 32, "the name of a region, such as eu-central-1");

    private static final Names VARIABLES = new Names(
            Text.of(Pattern.compile("^[A-Za-z0-9_]+$"), 64, "1 to 64 letters, digits and underscores"),
            Text.of(
                    Pattern.compile("^[A-Za-z0-9._~:/?#&=,-]+$"),
                    512,
                    "1 to 512 letters, digits and characters of -._~:/?#&=,"));

    private static final Names TAGS = new Names(
            Text.of(Pattern.compile("^(?!aws:).+$"), 128, "1 to 128 characters that do not begin with aws:"),
            Text.any(256));

    static final Keys METHOD_SETTING = Keys.of(
            optional("metricsEnabled", new Flag(), "false", "Whether calls are counted and timed per method."),
            optional(
                    "loggingLevel",
                    Choice.of(LoggingLevel.values()),
                    "OFF",
                    "What the execution log tells: nothing, failed calls, or every call."),
            optional(
                    "dataTraceEnabled",
                    new Flag(),
                    "false",
                    "Whether the execution log shows headers and bodies. They may hold personal data and secrets."),
            optional(
                    "throttlingBurstLimit",
                    new Whole(0, Integer.MAX_VALUE),
                    "5000",
                    "How many calls may come at once, all clients together. 0 refuses every call."),
            optional(
                    "throttlingRateLimit",
                    new Fraction(0, 1_000_000_000),
                    "10000",
                    "How many calls per second are refilled, all clients together. 0 refuses every call."),
            optional("cachingEnabled", new Flag(), "false", "Whether answers are kept in the response cache."),
            optional("cacheTtlInSeconds", new Whole(0, 3600), "300", "How long an answer is kept. 0 keeps none."),
            optional("cacheDataEncrypted", new Flag(), "false", "Whether kept answers are encrypted."),
            optional(
                    "requireAuthorizationForCacheControl",
                    new Flag(),
                    "true",
                    "Whether a client needs execute-api:InvalidateCache to have an answer fetched anew."),
            optional(
                    "unauthorizedCacheControlHeaderStrategy",
                    Choice.of(UnauthorizedCacheControlHeaderStrategy.values()),
                    "SUCCEED_WITH_RESPONSE_HEADER",
                    "What a client gets that asks for an answer fetched anew and may not."));

    private static final Names METHOD_SETTINGS = new Names(
            Text.of(
                    Pattern.compile("^(?:\\*/\\*|(?:[^/\\s*]+(?:/[^/\\s*]+)*)?"
                            + "/(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY))$"),
                    1024,
                    "*/* for all methods, or the path without its first slash and the method: pets/{petId}/GET, and /GET"
                            + " for the root"),
            METHOD_SETTING);

    private static final String ONE_DEPLOYMENT =
            "a stage of this file serves the document of its API; deployments by id belong to the control plane";

    static final Keys CANARY = Keys.of(
                    optional(
                            "percentTraffic",
                            new Fraction(0, 100),
                            "0",
                            "Which share of the calls goes to the canary, drawn per call."),
                    optional(
                            "stageVariableOverrides",
                            VARIABLES,
                            "Variables of the canary, laid over those of the stage."),
                    optional(
                            "useStageCache",
                            new Flag(),
                            "false",
                            "Whether the canary uses the response cache; otherwise its calls go past it."))
            .refusing(Map.of("deploymentId", ONE_DEPLOYMENT));

    static final Keys ACCESS_LOG = Keys.of(
            required("destinationArn", Text.of(null, 1600, "the ARN of a log group or stream"), "Where the log goes."),
            required(
                    "format",
                    Text.of(null, 65536, "text of 1 to 65536 characters"),
                    "One line of the log, with $context variables; it must have $context.requestId or"
                            + " $context.extendedRequestId."));

    static final Keys STAGE = Keys.of(
                    required(
                            "stageName",
                            Text.of(
                                    Pattern.compile("^[A-Za-z0-9_-]+$"),
                                    128,
                                    "1 to 128 letters, digits, hyphens and underscores"),
                            "Name of the stage; once in its API."),
                    optional("description", Text.any(1024), "For people; shown by the control plane."),
                    optional(
                            "servedAt",
                            Text.of(
                                    StageConfiguration.SERVED_AT,
                                    300,
                                    "/ or a path such as /shop/v1: without a slash at the end, with letters, digits and"
                                            + " characters of $-_.+!*'() in its segments"),
                            "Base path below the mapping of the filter at which calls reach this stage, as the base path"
                                    + " mapping of a custom domain does; without it the stage is at /{stageName}, as"
                                    + " behind an invoke URL. Of several that fit a request the longest wins. Each may be"
                                    + " used once."),
                    optional("variables", VARIABLES, "Stage variables."),
                    optional(
                            "methodSettings",
                            METHOD_SETTINGS,
                            "Settings for all methods under */*, and for single ones. What a single one leaves out it"
                                    + " takes from */*."),
                    optional("tracingEnabled", new Flag(), "false", "Whether calls are traced with AWS X-Ray headers."),
                    optional("cacheClusterEnabled", new Flag(), "false", "Whether the stage has a response cache."),
                    optional(
                            "cacheClusterSize",
                            new Choice(List.of("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")),
                            "0.5",
                            "Size of the response cache in GB. It is text for Amazon, so put it in quotes."),
                    optional("canarySettings", CANARY, "A second set of stage variables for a share of the calls."),
                    optional("accessLogSettings", ACCESS_LOG, "The access log of the stage."),
                    optional(
                            "clientCertificateId",
                            Text.of(Pattern.compile("^[A-Za-z0-9-]+$"), 64, "the id of a client certificate"),
                            "The certificate that HTTP integrations present."),
                    optional(
                            "documentationVersion",
                            Text.of(null, 64, "the name of a documentation version"),
                            "The documentation version of the stage."),
                    optional("webAclArn", Text.of(null, 2048, "the ARN of a web ACL"), "The web ACL of the stage."),
                    optional("tags", TAGS, "Tags of the stage."))
            .refusing(Map.of(
                    "deploymentId", ONE_DEPLOYMENT,
                    "cacheClusterStatus", "the gateway reports it; cacheClusterEnabled asks for a cache",
                    "createdDate", "the gateway reports it",
                    "lastUpdatedDate", "the gateway reports it"));

    static final Keys API = Keys.of(
            required(
                    "restApiId",
                    Text.of(
                            RestApiConfiguration.REST_API_ID,
                            64,
                            "1 to 64 letters, digits and hyphens, the first no hyphen"),
                    "Id of the API, as clients, ARNs and $context.apiId show it. Two ids must differ in more than"
                            + " case."),
            required(
                    "body",
                    Text.of(
                            RestApiConfiguration.BODY,
                            1024,
                            "the name of a file in the folder of this file, such as orders.openapi.yaml or"
                                    + " apis/orders.json: no URL, no absolute path, no .., only letters, digits and"
                                    + " characters of ._-/"),
                    "The OpenAPI or Swagger document of the API."),
            optional(
                    "basepath",
                    Choice.lower(Basepath.values()),
                    "ignore",
                    "What becomes of the base path of the document: left out, put in front of every path, or put in"
                            + " front without its first segment."),
            optional("failOnWarnings", new Flag(), "false", "Whether a warning of the import is an error."),
            required("stages", new Listing(STAGE, 1), "The stages that serve the document, at least one."));

    static final Keys FUNCTION = Keys.of(
                    optional(
                            "functionName",
                            Text.of(FunctionName.NAME, 64, "1 to 64 letters, digits, hyphens and underscores"),
                            "Name of a function in the account and region of the gateway. Either this or functionArn."),
                    optional(
                            "functionArn",
                            Text.of(
                                    FunctionName.ARN,
                                    400,
                                    "the ARN of a function, such as"
                                            + " arn:aws:lambda:eu-central-1:123456789012:function:hello"),
                            "ARN of a function anywhere, with a version or alias where calls name one."),
                    optional(
                            "handler",
                            Text.of(InProcess.HANDLER, 512, "the name of a class, such as com.example.HelloHandler"),
                            "Class of this application that implements RequestHandler or RequestStreamHandler; it runs"
                                    + " in this process. Either this or endpoint."),
                    optional(
                            "timeout",
                            new Whole(1, InProcess.MAX_TIMEOUT),
                            Integer.toString(InProcess.DEFAULT_TIMEOUT),
                            "Seconds a call of the handler may take."),
                    optional(
                            "memorySize",
                            new Whole(InProcess.MIN_MEMORY, InProcess.MAX_MEMORY),
                            Integer.toString(InProcess.MIN_MEMORY),
                            "MB that the handler reads from its context. A JVM cannot confine one handler to them."),
                    optional(
                            "endpoint",
                            Text.of(
                                            Pattern.compile("^[Hh][Tt][Tt][Pp][Ss]?://[^\\s?#@]+$"),
                                            2048,
                                            "an absolute http or https URL without user, query and fragment")
                                    .unless(FileShape::endpointFault),
                            "Where a Lambda Invoke API offers the function."),
                    optional(
                            "region",
                            REGION,
                            "Region that calls of the endpoint are signed for; otherwise that of the" + " gateway."),
                    optional(
                            "credentials",
                            Text.of(GatehouseConfiguration.CREDENTIALS_NAME, 64, "the name of an entry of credentials"),
                            "Key pair that calls of the endpoint are signed with; without it they are not signed."))
            .exactlyOneOf("functionName", "functionArn")
            .exactlyOneOf("handler", "endpoint")
            .onlyTogether(Map.of(
                    "timeout", "handler", "memorySize", "handler", "region", "endpoint", "credentials", "endpoint"));

    private static final String SECRETS_LIE_ELSEWHERE =
            "a secret does not belong in this file, which is copied, shown and kept in version control; write for each"
                    + " where it lies: {env: NAME}, {file: /path}, {jndi: java:name} or {property: name}";

    private static final Text ABSOLUTE_PATH =
            Text.of(Pattern.compile("^(?:/|[A-Za-z]:[\\\\/])[^\\x00]+$"), 1024, "an absolute path");

    private static final Pattern SECRET_NAME = Pattern.compile("^java:[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*$");

    static final Keys SECRET = Keys.of(
                    optional(
                            "env",
                            Text.of(
                                    Pattern.compile("^[A-Za-z_][A-Za-z0-9_]*$"),
                                    256,
                                    "the name of an environment variable"),
                            "Environment variable that holds the value."),
                    optional(
                            "file",
                            ABSOLUTE_PATH,
                            "File that holds the value, at most 64 KiB; a line break at its end does not count."),
                    optional(
                            "jndi",
                            Text.of(SECRET_NAME, 256, "a name that begins with java:"),
                            "Name under which the container holds the value, such as java:global/shop/secret. Other"
                                    + " schemes would call servers."),
                    optional(
                            "property",
                            Text.of(null, 256, "the name of a system property"),
                            "System property that holds the value."))
            .exactlyOneOf("env", "file", "jndi", "property")
            .insteadOfText(SECRETS_LIE_ELSEWHERE);

    static final Keys CREDENTIALS = Keys.of(
                    required("accessKeyId", SECRET, "The access key id."),
                    required("secretAccessKey", SECRET, "The secret access key."),
                    optional(
                            "sessionToken",
                            SECRET,
                            "The session token of temporary credentials. They are not renewed."))
            .insteadOfText(SECRETS_LIE_ELSEWHERE);

    static final Keys POLICY = Keys.of(
                    optional(
                            "document",
                            new Document("a policy, a mapping with Version and Statement"),
                            "The policy itself, in the policy language of IAM."),
                    optional(
                            "file",
                            Text.of(
                                    RestApiConfiguration.BODY,
                                    1024,
                                    "the name of a JSON file in the folder of this file, such as policies/readers.json"),
                            "JSON document with the policy."))
            .exactlyOneOf("document", "file");

    static final Keys IDENTITY = Keys.of(
                    required(
                            "arn",
                            Text.of(
                                            null,
                                            2048,
                                            "the ARN of a user, of an assumed role's session or of an account's root, such"
                                                    + " as arn:aws:iam::123456789012:user/anna")
                                    .unless(FileShape::principalFault),
                            "Who it is. The account need not be that of the gateway."),
                    required("accessKeyId", SECRET, "The access key id: 16 to 128 letters, digits and underscores."),
                    required("secretAccessKey", SECRET, "The secret access key: 20 characters or more."),
                    optional(
                            "sessionToken",
                            SECRET,
                            "The session token that comes with every request of temporary credentials; a session has one."),
                    optional(
                            "roleArn",
                            Text.of(null, 2048, "the ARN of a role"),
                            "The role of a session, where the role has a path: the ARN of the session leaves it out."),
                    optional(
                            "userId",
                            Text.of(
                                    Pattern.compile("^[\\w+=,.@:-]+$"),
                                    128,
                                    "1 to 128 letters, digits and characters of _+=,.@:-"),
                            "What $context.identity.user and aws:userid show; otherwise an id that is made from the ARN."),
                    optional("tags", TAGS, "Tags of the user or session: aws:PrincipalTag/... in policies."),
                    optional(
                            "policies",
                            new Listing(POLICY, 0),
                            "The policies of the identity. Without one that allows it may do nothing; the root of an"
                                    + " account has none and may do everything in its account."),
                    optional(
                            "disabled",
                            new Flag(),
                            "false",
                            "Whether the access key is refused as if it were unknown, whoever else may know it. It is checked all the same."))
            .insteadOfText(SECRETS_LIE_ELSEWHERE);

    static final Keys API_KEY = Keys.of(
            required(
                    "id",
                    Text.of(USAGE_ID, 64, "1 to 64 letters, digits, hyphens and underscores"),
                    "Id of the key, which is no secret: plans, logs and $context.identity.apiKeyId show it."),
            optional("name", Text.any(1024), "For people; shown by the control plane."),
            optional("description", Text.any(1024), "For people; shown by the control plane."),
            optional("enabled", new Flag(), "true", "Whether calls with the key are let in."),
            required("value", SECRET, "What clients send as x-api-key: 20 to 128 characters."));

    static final Keys THROTTLE = Keys.of(
            required(
                    "rateLimit",
                    new Fraction(0, 1_000_000_000),
                    "How many calls per second are refilled. 0 refuses every call."),
            required(
                    "burstLimit",
                    new Whole(0, Integer.MAX_VALUE),
                    "How many calls may come at once. 0 refuses every call."));

    static final Keys PLAN_STAGE = Keys.of(
            required(
                    "apiId", Text.of(RestApiConfiguration.REST_API_ID, 64, "the id of an API"), "An API of this file."),
            required("stage", Text.of(null, 128, "the name of a stage"), "A stage of that API."),
            optional(
                    "throttle",
                    new Names(
                            Text.of(
                                    UsageConfiguration.METHOD,
                                    1024,
                                    "the path of a resource and a method: /pets/{petId}/GET, //GET for the root, or * for"
                                            + " every method"),
                            THROTTLE),
                    "Limits for each key and single methods, beside the one of the plan."));

    static final Keys QUOTA = Keys.of(
            required("limit", new Whole(0, Integer.MAX_VALUE), "How many calls each key has in a period."),
            required(
                    "period",
                    Choice.of(QuotaPeriodType.values()),
                    "When the count begins anew, in UTC: at midnight, on Sunday, or on the first of the month."),
            optional(
                    "offset",
                    new Whole(0, 27),
                    "0",
                    "Days by which a WEEK begins later, 0 to 6, or a MONTH, 0 to 27."));

    private static final Choice SHARING = Choice.lower(Sharing.values());

    private static final Choice FALLBACK = new Choice(List.of("refuse", "allow", "local-share"));

    static final Keys USAGE_PLAN = Keys.of(
            required(
                    "id", Text.of(USAGE_ID, 64, "1 to 64 letters, digits, hyphens and underscores"), "Id of the plan."),
            optional("name", Text.any(1024), "For people; otherwise the id."),
            optional("description", Text.any(1024), "For people; shown by the control plane."),
            optional("apiStages", new Listing(PLAN_STAGE, 0), "What the keys of the plan may call."),
            optional(
                    "throttle",
                    THROTTLE,
                    "How often each key may call, in all stages and methods of the plan together. Without it as often as it"
                            + " likes."),
            optional("quota", QUOTA, "How many calls each key has. Without it as many as it likes."),
            optional(
                    "keys",
                    new Listing(Text.of(USAGE_ID, 64, "the id of an API key"), 0),
                    "Ids of entries of apiKeys. A key may be in several plans, if they have no stage in common."),
            optional("sharing", SHARING, "How the nodes of the cluster count the plan; otherwise as the cluster says."),
            optional(
                    "whenUnreachable",
                    FALLBACK,
                    "What becomes of calls while Redis does not answer; otherwise as the cluster says."));

    static final Keys REDIS = Keys.of(
                    required(
                            "uri",
                            Text.of(
                                    ClusterConfiguration.URI,
                                    512,
                                    "redis://host:port/database, or rediss:// for TLS, without user and password"),
                            "Where Redis or Valkey is. Without a port 6379, without a database 0."),
                    optional(
                            "username",
                            Text.of(null, 256, "the name of a user"),
                            "User of Redis' access control lists."),
                    optional("password", SECRET, "The password of the user, or of the server."),
                    optional(
                            "caCertificate",
                            ABSOLUTE_PATH,
                            "PEM file with the certificates to trust; otherwise those that the JVM trusts."),
                    optional(
                            "timeoutInMillis",
                            new Whole(1, ClusterConfiguration.MAX_TIMEOUT),
                            Integer.toString(ClusterConfiguration.DEFAULT_TIMEOUT),
                            "How long a call waits for an answer."),
                    optional(
                            "keyPrefix",
                            Text.of(
                                    ClusterConfiguration.KEY_PREFIX,
                                    128,
                                    "1 to 128 letters, digits and characters of :._/{}-"),
                            ClusterConfiguration.DEFAULT_PREFIX,
                            "What all keys in Redis begin with: another one for each gateway that uses the same database."),
                    optional(
                            "authorizerKey",
                            SECRET,
                            "32 bytes in Base64. With it nodes share what Lambda authorizers answer, encrypted; without it each"
                                    + " node asks for itself."))
            .onlyTogether(Map.of("username", "password"));

    static final Keys CLUSTER = Keys.of(
            optional(
                    "sharing",
                    SHARING,
                    "local",
                    "How nodes count: each its share; every call in Redis; or in Redis, some calls in advance."),
            optional(
                    "whenUnreachable",
                    FALLBACK,
                    "local-share",
                    "What becomes of calls that count in Redis while it does not answer."),
            optional(
                    "nodes",
                    new Whole(1, ClusterConfiguration.MOST_NODES),
                    "How many nodes there are. Without it they are counted, through Redis."),
            optional(
                    "leaseCalls",
                    new Whole(1, ClusterConfiguration.MOST_LEASE_CALLS),
                    Integer.toString(ClusterConfiguration.DEFAULT_LEASE_CALLS),
                    "How many calls of each limit a node may have in advance where sharing is leased."),
            optional(
                    "leaseTimeInMillis",
                    new Whole(10, 3_600_000),
                    Integer.toString(ClusterConfiguration.DEFAULT_LEASE_MILLIS),
                    "After which a node gives back what it had in advance and did not need."),
            optional("redis", REDIS, "What the nodes have in common. Needs " + Redis.LIBRARY + " on the class path."));

    private static final Shape DATA_SOURCE =
            Text.of(Pattern.compile("^[A-Za-z0-9_:./-]+$"), 256, "a JNDI name, such as java:comp/env/jdbc/gatehouse");

    static final Keys USAGE_DATA = Keys.of(
                    optional(
                            "directory",
                            Text.of(Pattern.compile("^(?:/|[A-Za-z]:[\\\\/])[^\\x00]+$"), 1024, "an absolute path"),
                            "Directory of this process alone. It is made if it is not there."),
                    optional(
                            "dataSource",
                            DATA_SOURCE,
                            "JNDI name of a data source of PostgreSQL or H2, which several nodes may share; that of the control"
                                    + " plane may be the same."))
            .exactlyOneOf("directory", "dataSource");

    static final Keys ENDPOINTS = Keys.of(optional(
            "allow",
            new Listing(
                    Text.of(null, 253, "a host name, an address or a network such as 10.0.0.0/8")
                            .unless(EndpointRules::fault),
                    0),
            "Host names, addresses and networks that integrations may call although they are not public. A host name"
                    + " does not open link-local addresses and those where clouds hand out credentials, such as"
                    + " 169.254.169.254: they need an entry with the address."));

    private static final Text HOST_AND_PORT = Text.of(
                    VpcLinkConfiguration.ADDRESS, 262, "host and port, such as 10.0.0.5:8443 or orders.internal:443")
            .unless(VpcLinkConfiguration::addressFault);

    static final Keys VPC_LINK_LISTENER = Keys.of(
            required(
                    "listenerArn",
                    Text.of(
                            VpcLinkConfiguration.ARN,
                            2048,
                            "the ARN of a listener, such as"
                                    + " arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2"),
                    "What integrations name as their integrationTarget. Each once in its link."),
            required("address", HOST_AND_PORT, "Where calls for it go."));

    static final Keys VPC_LINK = Keys.of(
                    required(
                            "id",
                            Text.of(VpcLinkConfiguration.ID, 64, "1 to 64 letters, digits, hyphens and underscores"),
                            "What integrations name as their connectionId. Each once."),
                    optional(
                            "targetArn",
                            Text.of(
                                    VpcLinkConfiguration.ARN,
                                    2048,
                                    "the ARN of a load balancer, such as"
                                            + " arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/shop/1"),
                            "A link that the control plane creates for this target is this one. Each once."),
                    optional(
                            "address",
                            HOST_AND_PORT,
                            "Where all calls of the link go, as to a load balancer: the host of an integration's uri is"
                                    + " what the Host header and the server's certificate are about, and no more. Either"
                                    + " this or allow."),
                    optional(
                            "allow",
                            new Listing(
                                    Text.of(null, 253, "a host name, an address or a network such as 10.0.0.0/8")
                                            .unless(EndpointRules::fault),
                                    1),
                            "Host names, addresses and networks that the uris of integrations may lead to over this link,"
                                    + " and no others, public ones neither. Host names as for endpoints."),
                    optional(
                            "listeners",
                            new Listing(VPC_LINK_LISTENER, 0),
                            "Where calls go whose integration has an integrationTarget."),
                    optional(
                            "connectTimeoutInMillis",
                            new Whole(VpcLinkConfiguration.MIN_TIMEOUT, VpcLinkConfiguration.MAX_TIMEOUT),
                            Integer.toString(VpcLinkConfiguration.DEFAULT_TIMEOUT),
                            "How long connecting may take; the integration's own timeout holds for the whole call."),
                    optional(
                            "trustedCertificates",
                            SECRET,
                            "Certificates of authorities in PEM that backends are trusted for, instead of those that Java"
                                    + " trusts."),
                    optional(
                            "clientCertificate",
                            SECRET,
                            "Certificate in PEM, and those above it, that backends are shown when they ask for one."),
                    optional("clientKey", SECRET, "Its private key: PKCS #8 in PEM, not encrypted."))
            .exactlyOneOf("address", "allow")
            .onlyTogether(Map.of("clientCertificate", "clientKey", "clientKey", "clientCertificate"));

    static final Keys CONTROL_PLANE = Keys.of(
            optional(
                    "directory",
                    ABSOLUTE_PATH,
                    "Directory of a database in a file, which belongs to this process. Made where it does not exist; needs"
                            + " com.h2database:h2 on the class path. Either this or dataSource, unless the application"
                            + " gives a store."),
            optional(
                    "dataSource",
                    DATA_SOURCE,
                    "JNDI name of a data source of PostgreSQL or H2, which several nodes may share."),
            optional(
                    "encryptionKey",
                    SECRET,
                    "32 bytes in Base64, with which all that is kept is encrypted, private keys and API keys among it."
                            + " A store is encrypted from its beginning or not at all; without the key it cannot be"
                            + " read any more. Users and access keys are kept only where there is one."),
            optional(
                    "networks",
                    new Listing(
                            Text.of(null, 64, "an address or a network such as 10.0.0.0/8")
                                    .unless(Networks::fault),
                            1),
                    "Addresses from which calls are answered, as the connection shows them: no header changes them. This"
                            + " machine only, unless others are named."),
            optional(
                    "sdkGenerator",
                    ABSOLUTE_PATH,
                    "The jar of org.openapitools:openapi-generator-cli:7.25.0, which makes what GetSdk answers, or a folder"
                            + " with all jars of openapi-generator. Without it the class path is asked."),
            optional(
                    "pollIntervalInMillis",
                    new Whole(ControlPlaneConfiguration.MIN_POLL, ControlPlaneConfiguration.MAX_POLL),
                    Integer.toString(ControlPlaneConfiguration.DEFAULT_POLL),
                    "How often a node asks the shared database whether another one has changed something."));

    private static final Text ENDPOINT_URL = Text.of(
                    Pattern.compile("^[Hh][Tt][Tt][Pp][Ss]?://[^\\s?#@]+$"),
                    2048,
                    "an absolute http or https URL without user, query and fragment")
            .unless(FileShape::endpointFault);

    private static final Text CREDENTIALS_NAME =
            Text.of(GatehouseConfiguration.CREDENTIALS_NAME, 64, "the name of an entry of credentials");

    static final Keys AWS_ENDPOINT = Keys.of(
            optional(
                    "service",
                    Text.of(
                            ServiceLocation.SERVICE,
                            255,
                            "the name of a service in Amazon's host names, such as dynamodb or runtime.sagemaker"),
                    "The service; without it every service, Lambda and STS included."),
            optional("region", REGION, "The region that definitions name; without it every region."),
            required(
                    "endpoint",
                    ENDPOINT_URL,
                    "Where the service takes calls. It may be called without further permission."),
            optional(
                    "signingName",
                    Text.of(ServiceLocation.SIGNING_NAME, 64, "letters in lower case, digits and hyphens"),
                    "What calls are signed for; otherwise Amazon's own name of the service."),
            optional(
                    "credentials",
                    CREDENTIALS_NAME,
                    "Key pair for calls of Lambda functions where the definition names no role; without it these are not"
                            + " signed."));

    static final Keys AWS_ROLE = Keys.of(
                    required(
                            "roleArn",
                            Text.of(
                                    Role.ROLE_ARN,
                                    640,
                                    "the ARN of a role, such as arn:aws:iam::123456789012:role/orders, or *"),
                            "The role that integrations name as their credentials; * for all that have no entry of their"
                                    + " own. Each once."),
                    required(
                            "credentials",
                            CREDENTIALS_NAME,
                            "Key pair that calls in the name of the role are signed with."),
                    optional(
                            "assumeRole",
                            new Flag(),
                            "false",
                            "Whether the key pair belongs to somebody who assumes the role at STS. Otherwise it stands for"
                                    + " the role itself."),
                    optional(
                            "externalId",
                            Text.of(
                                    Pattern.compile("^[\\w+=,.@:/-]{2,1224}$"),
                                    1224,
                                    "2 to 1224 characters as IAM has them"),
                            "External id that the trust policy of the role asks for."))
            .onlyTogether(Map.of("externalId", "assumeRole"));

    static final Keys AWS = Keys.of(
            optional(
                    "endpoints",
                    new Listing(AWS_ENDPOINT, 0),
                    "Services that are not at Amazon's hosts. The most precise entry that fits wins, the first of"
                            + " several."),
            optional("roles", new Listing(AWS_ROLE, 0), "What calls are signed with where a definition names a role."));

    static final Text ISSUER =
            Text.of(Pattern.compile("^\\S+$"), 2048, "the issuer as tokens name it, without white space");

    static final Text JWKS_URI = Text.of(
                    Pattern.compile("^[Hh][Tt][Tt][Pp][Ss]?://[^\\s?#@]+$"),
                    2048,
                    "an absolute http or https URL without user, query and fragment")
            .unless(FileShape::endpointFault);

    static final Keys USER_POOL = Keys.of(
            required(
                    "arn",
                    Text.of(
                            UserPoolConfiguration.ARN,
                            256,
                            "the ARN of a user pool, such as"
                                    + " arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Ab1"),
                    "The user pool, as authorizers name it."),
            required(
                    "issuer",
                    new Referable(ISSUER, SECRET),
                    "What the claim iss of its tokens says, character for character."),
            required(
                    "jwksUri",
                    new Referable(JWKS_URI, SECRET),
                    "Where its key set is. This host and port may be called without being allowed below endpoints."));

    static final Keys TRACED_STAGE = Keys.of(
            required(
                    "apiId",
                    Text.of(RestApiConfiguration.REST_API_ID, 64, "the id of an API"),
                    "An API of this file or, where there is a controlPlane, of that."),
            required("stage", Text.of(null, 128, "the name of a stage"), "A stage of that API."));

    static final Keys REQUEST_TRACES = Keys.of(
            required("key", SECRET, "What demands for traces are signed with: 32 characters or more."),
            optional(
                    "validForSeconds",
                    new Whole(1, TraceConfiguration.LONGEST_VALIDITY),
                    Integer.toString(TraceConfiguration.DEFAULT_VALIDITY),
                    "How old a demand may be."),
            required("stages", new Listing(TRACED_STAGE, 1), "The stages that trace calls, at least one."));

    static final Keys FILE = Keys.of(
            optional(
                    "accountId",
                    Text.of(GatehouseConfiguration.ACCOUNT_ID, 12, "12 digits, in quotes"),
                    GatehouseConfiguration.DEFAULT_ACCOUNT_ID,
                    "Account that ARNs and $context.accountId show."),
            optional(
                    "region",
                    REGION,
                    GatehouseConfiguration.DEFAULT_REGION,
                    "Region that ARNs show and signatures are checked against."),
            optional(
                    "unmatched",
                    Choice.lower(Unmatched.values()),
                    "refuse",
                    "A request that no API knows is refused with 403 as Amazon does, or passed to the application behind"
                            + " the filter, unchecked."),
            optional(
                    "unmodelledBodies",
                    Choice.lower(UnmodelledBodies.values()),
                    "pass",
                    "Where a method validates bodies, one whose content type has no model passes unchecked as with Amazon,"
                            + " or is refused with 415."),
            optional("apis", new Listing(API, 0), "The REST APIs."),
            optional("functions", new Listing(FUNCTION, 0), "The Lambda functions that APIs may call, each once."),
            optional(
                    "credentials",
                    new Names(
                            Text.of(
                                    GatehouseConfiguration.CREDENTIALS_NAME,
                                    64,
                                    "1 to 64 letters, digits and characters of ._-"),
                            CREDENTIALS),
                    "Key pairs by name, for functions and aws to refer to."),
            optional(
                    "identities",
                    new Listing(IDENTITY, 0),
                    "Who may sign calls, of methods with AWS_IAM and of the control plane. There is nobody by default."),
            optional("apiKeys", new Listing(API_KEY, 0), "Keys for methods that require one."),
            optional("usagePlans", new Listing(USAGE_PLAN, 0), "Which keys may call which stages, and how often."),
            optional(
                    "accountThrottle",
                    THROTTLE,
                    "How often all APIs may be called by everybody together. Without it as often as anybody likes; Amazon has"
                            + " 10000 and 5000."),
            optional(
                    "usageData",
                    USAGE_DATA,
                    "Where it is kept how much of their quotas keys have used. Without it each start of the process gives"
                            + " all keys their whole quotas."),
            optional(
                    "cluster",
                    CLUSTER,
                    "How several nodes count calls together. Without it each counts by itself, as if it were the only one."),
            optional(
                    "rateLimitHeaders",
                    new Flag(),
                    "false",
                    "Whether answers to calls with a key have RateLimit and RateLimit-Policy headers, which Amazon's have"
                            + " not."),
            optional(
                    "controlPlane",
                    CONTROL_PLANE,
                    "Answers Amazon's tools where a ControlPlaneServlet is mapped. There is none without this key; {} is"
                            + " enough where the application gives a store."),
            optional(
                    "userPools",
                    new Listing(USER_POOL, 0),
                    "User pools whose tokens do not come from Amazon Cognito. All others are where Amazon has them."),
            optional(
                    "roles",
                    new Listing(
                            Text.of(
                                    GatehouseConfiguration.ROLE_SOURCE,
                                    256,
                                    "claims.<name>, context.<name> or tags.<name>, such as claims.cognito:groups"),
                            0),
                    "What of a caller the application sees as roles: claims of a user pool's token, values that a Lambda"
                            + " authorizer returned as context, tags of who signed. A list has one role for each of its"
                            + " texts, the claim scope one for each word. Nobody has roles by default."),
            optional(
                    "endpoints",
                    ENDPOINTS,
                    "Which addresses integrations may call. Public ones always; all others only where allowed here."),
            optional(
                    "vpcLinks",
                    new Listing(VPC_LINK, 0),
                    "Private networks that integrations with connectionType VPC_LINK call into."),
            optional("aws", AWS, "Where AWS services are, and in whose name they are called."),
            optional(
                    "requestTraces",
                    REQUEST_TRACES,
                    "Which stages tell what happened to a call that demands it with a signed header. Without it none does."));

    private static Optional<String> principalFault(String text) {
        return PrincipalArn.parse(text).isPresent()
                ? Optional.empty()
                : Optional.of("is not the ARN of a user, of an assumed role's session or of an account's root");
    }

    private static Optional<String> endpointFault(String text) {
        try {
            return Optional.ofNullable(Remote.endpointFault(new URI(text)));
        } catch (URISyntaxException notOne) {
            return Optional.of("is no URL: " + notOne.getReason());
        }
    }
}
