package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.configuration.FunctionConfiguration.FunctionName;
import dev.gatehouse.configuration.FunctionConfiguration.InProcess;
import dev.gatehouse.configuration.FunctionConfiguration.Remote;
import dev.gatehouse.definition.AccessLogSettings;
import dev.gatehouse.definition.CacheClusterStatus;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.definition.UnauthorizedCacheControlHeaderStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {

    @Test
    void whatIsLeftOutHasItsDefault() {
        GatehouseConfiguration read = configuration("apis: []");
        assertThat(read).isEqualTo(GatehouseConfiguration.builder().build());
        assertThat(read.accountId()).isEqualTo("000000000000");
        assertThat(read.region()).isEqualTo("us-east-1");
        assertThat(read.unmatched()).isEqualTo(Unmatched.REFUSE);
        assertThat(read.endpoints()).isEqualTo(EndpointRules.PUBLIC_ONLY);
    }

    @Test
    void theHeadOfTheFileIsRead() {
        GatehouseConfiguration read = configuration("""
                accountId: "123456789012"
                region: eu-central-1
                unmatched: pass
                endpoints:
                  allow: [127.0.0.1, 10.0.0.0/8, backend.internal]
                """);
        assertThat(read.accountId()).isEqualTo("123456789012");
        assertThat(read.region()).isEqualTo("eu-central-1");
        assertThat(read.unmatched()).isEqualTo(Unmatched.PASS);
        assertThat(read.endpoints()).isEqualTo(EndpointRules.allowing("127.0.0.1", "10.0.0.0/8", "backend.internal"));
    }

    @Test
    void anIssuerMayStandInTheFileOrElsewhere() {
        String pool = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Shop";
        String issuer = "https://login.example.com/realms/shop";
        GatehouseConfiguration expected = GatehouseConfiguration.builder()
                .userPool(new UserPoolConfiguration(pool, issuer, URI.create(issuer + "/certs")))
                .build();

        assertThat(configuration("""
                                userPools:
                                  - arn: %s
                                    issuer: %2$s
                                    jwksUri: %2$s/certs
                                """.formatted(pool, issuer))).isEqualTo(expected);
        assertThat(configuration("""
                                userPools:
                                  - {arn: "%s", issuer: {property: pool.issuer}, jwksUri: {property: pool.keys}}
                                """.formatted(pool))).isEqualTo(expected);
    }

    @Test
    void anApiIsReadWithItsImportParameters() {
        assertThat(configuration("""
                                apis:
                                  - restApiId: orders
                                    body: apis/orders.openapi.yaml
                                    basepath: prepend
                                    failOnWarnings: true
                                    stages: [{stageName: prod, servedAt: /}]
                                """).apis())
                .containsExactly(new RestApiConfiguration(
                        "orders",
                        "apis/orders.openapi.yaml",
                        Basepath.PREPEND,
                        true,
                        List.of(new StageConfiguration(stage(draft -> {}), "/"))));
    }

    @Test
    void aStageHasAmazonsDefaults() {
        assertThat(onlyStage("")).isEqualTo(stage(draft -> {}));
    }

    @Test
    void noFieldOfAStageIsDropped() {
        Stage read = onlyStage("""
                description: The one that counts
                variables: {table: orders-prod, "host": "example.com:8443"}
                tracingEnabled: true
                cacheClusterEnabled: true
                cacheClusterSize: "1.6"
                canarySettings: {percentTraffic: 12.5, stageVariableOverrides: {table: orders-next}, useStageCache: true}
                accessLogSettings: {destinationArn: "arn:aws:logs:us-east-1:000000000000:log-group:a", format: $context.requestId}
                clientCertificateId: abc123
                documentationVersion: v1
                webAclArn: arn:aws:wafv2:us-east-1:000000000000:regional/webacl/a/b
                tags: {team: orders}
                methodSettings: {"*/*": {metricsEnabled: true}}
                """);
        assertThat(read).isEqualTo(stage(draft -> {
            draft.description = "The one that counts";
            draft.variables = Map.of("table", "orders-prod", "host", "example.com:8443");
            draft.tracingEnabled = true;
            draft.cacheClusterEnabled = true;
            draft.cacheClusterSize = "1.6";
            draft.cacheClusterStatus = CacheClusterStatus.AVAILABLE;
            draft.canarySettings = new CanarySettings(12.5, null, Map.of("table", "orders-next"), true);
            draft.accessLogSettings =
                    new AccessLogSettings("$context.requestId", "arn:aws:logs:us-east-1:000000000000:log-group:a");
            draft.clientCertificateId = "abc123";
            draft.documentationVersion = "v1";
            draft.webAclArn = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/a/b";
            draft.tags = Map.of("team", "orders");
            draft.methodSettings = Map.of("*/*", MethodSetting.DEFAULTS.with(setting -> setting.metricsEnabled = true));
        }));
    }

    @Test
    void noFieldOfAMethodSettingIsDropped() {
        assertThat(onlyStage("""
                                methodSettings:
                                  pets/{petId}/GET:
                                    metricsEnabled: true
                                    loggingLevel: INFO
                                    dataTraceEnabled: true
                                    throttlingBurstLimit: 7
                                    throttlingRateLimit: 0.5
                                    cachingEnabled: true
                                    cacheTtlInSeconds: 60
                                    cacheDataEncrypted: true
                                    requireAuthorizationForCacheControl: false
                                    unauthorizedCacheControlHeaderStrategy: FAIL_WITH_403
                                """).methodSettings())
                .containsExactly(Map.entry(
                        "pets/{petId}/GET",
                        new MethodSetting(
                                true,
                                LoggingLevel.INFO,
                                true,
                                7,
                                0.5,
                                true,
                                60,
                                true,
                                false,
                                UnauthorizedCacheControlHeaderStrategy.FAIL_WITH_403)));
    }

    @Test
    void aSingleMethodTakesWhatItLeavesOutFromAllMethodsWhateverTheOrder() {
        Map<String, MethodSetting> settings = onlyStage("""
                        methodSettings:
                          pets/GET: {throttlingBurstLimit: 124}
                          "*/*": {throttlingBurstLimit: 123, cachingEnabled: true, loggingLevel: ERROR}
                        """).methodSettings();
        assertThat(settings.get("*/*").throttlingBurstLimit()).isEqualTo(123);
        assertThat(settings.get("pets/GET").throttlingBurstLimit()).isEqualTo(124);
        assertThat(settings.get("pets/GET").cachingEnabled()).isTrue();
        assertThat(settings.get("pets/GET").loggingLevel()).isEqualTo(LoggingLevel.ERROR);
        assertThat(settings.get("pets/GET").cacheTtlInSeconds()).isEqualTo(300);
    }

    @Test
    void aCacheWithoutSizeIsTheSmallestOne() {
        assertThat(onlyStage("cacheClusterEnabled: true").cacheClusterSize()).isEqualTo("0.5");
    }

    @Test
    void functionsRunHereOrElsewhere() {
        String arn = "arn:aws:lambda:eu-west-1:123456789012:function:far:live";
        GatehouseConfiguration read = configuration("""
                functions:
                  - {functionName: hello, handler: com.example.HelloHandler}
                  - {functionName: slow, handler: com.example.Outer$Inner, timeout: 900, memorySize: 512}
                  - {functionName: near, endpoint: "http://127.0.0.1:9001"}
                  - {functionArn: "%s", endpoint: "https://lambda.example/base", region: eu-west-1, credentials: caller}
                credentials:
                  caller: {accessKeyId: {env: CALLER_ID}, secretAccessKey: {file: /run/secrets/caller}}
                """.formatted(arn));
        assertThat(read.functions())
                .containsExactly(
                        InProcess.of("hello", "com.example.HelloHandler"),
                        new InProcess(
                                FunctionName.parse("slow"), "com.example.Outer$Inner", Duration.ofMinutes(15), 512),
                        new Remote(FunctionName.parse("near"), URI.create("http://127.0.0.1:9001"), null, null),
                        new Remote(
                                new FunctionName("far", arn),
                                URI.create("https://lambda.example/base"),
                                "eu-west-1",
                                "caller"));
    }

    @Test
    void secretsComeFromWhereTheFileSaysTheyLie() {
        assertThat(configuration("""
                                credentials:
                                  a: {accessKeyId: {env: CALLER_ID}, secretAccessKey: {file: /run/secrets/caller}}
                                  b:
                                    accessKeyId: {env: CALLER_ID}
                                    secretAccessKey: {env: CALLER_SECRET}
                                    sessionToken: {property: caller.token}
                                  c: {accessKeyId: {env: CALLER_ID}, secretAccessKey: {jndi: java:global/caller}}
                                """).credentials())
                .containsOnly(
                        Map.entry("a", new AwsCredentials("AKIDEXAMPLE", "from-file", null)),
                        Map.entry("b", new AwsCredentials("AKIDEXAMPLE", "from-environment", "from-property")),
                        Map.entry("c", new AwsCredentials("AKIDEXAMPLE", "from-jndi", null)));
    }

    @Test
    void aLiteralSecretIsNeverRepeatedInTheProblem() {
        List<Problem> problems =
                problems("credentials: {a: {accessKeyId: {env: CALLER_ID}, secretAccessKey: hunter2}}");
        assertThat(problems).hasSize(1);
        assertThat(problems.toString())
                .contains("/credentials/a/secretAccessKey", "{env: NAME}")
                .doesNotContain("hunter2");
    }

    @Test
    void theFileMayComeAsAStreamAndWithAByteOrderMark() throws IOException {
        byte[] file = "\uFEFFregion: eu-west-1".getBytes(StandardCharsets.UTF_8);
        assertThat(ConfigurationFile.read("gatehouse.yaml", new ByteArrayInputStream(file), FakeSecrets.NONE))
                .isEqualTo(new ReadResult.Read(
                        GatehouseConfiguration.builder().region("eu-west-1").build()));
    }

    @Test
    void anchorsServeToSayAThingOnce() {
        GatehouseConfiguration read = configuration("""
                apis:
                  - restApiId: a
                    body: a.yaml
                    stages:
                      - {stageName: dev, variables: &shared {table: t}}
                      - {stageName: prod, variables: *shared}
                """);
        assertThat(read.apis().get(0).stages())
                .allSatisfy(stage -> assertThat(stage.stage().variables()).containsExactly(Map.entry("table", "t")));
    }

    @Test
    void problemsComeInTheOrderOfTheFileWhoeverFoundThem() {
        List<Problem> problems = problems("""
                functions:
                  - {functionName: f, endpoint: "http://127.0.0.1", credentials: nobody}
                regoin: eu-west-1
                apis: 5
                """);
        assertThat(problems)
                .extracting(Problem::document)
                .containsExactly("gatehouse.yaml:2:66", "gatehouse.yaml:3:1", "gatehouse.yaml:4:7");
    }

    @Test
    void aFileFullOfMistakesGetsAReportThatEnds() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            file.append("key").append(i).append(": 1\n");
        }
        List<Problem> problems = problems(file.toString());
        assertThat(problems).hasSize(Problems.LIMIT + 1);
        assertThat(problems.get(Problems.LIMIT).message()).isEqualTo("and 900 more problems");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e/a.yaml",
                "..",
                "../a.yaml",
                "a/../b.yaml",
                "a/..",
                "/etc/passwd",
                "a//b",
                "a/",
                "C:/a.yaml",
                "file:a.yaml",
                "http://x/a.yaml",
                "a\\b",
                "~/a b",
                "a;b",
                "./a.yaml",
                "a/./b"
            })
    void aDocumentNeverLiesOutsideOfTheFolder(String body) {
        assertThat(problems("apis: [{restApiId: a, body: '" + body + "', stages: [{stageName: s}]}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/apis/0/body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop", "/shop/", "//", "/a//b", "/..", "/a/../b", "/.", "/%2e", "/a b", "/a?b", "/{x}", ""})
    void aBasePathIsOneThatAMappingCouldHave(String servedAt) {
        assertThat(problems(
                        "apis: [{restApiId: a, body: a.yaml, stages: [{stageName: s, servedAt: '" + servedAt + "'}]}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/apis/0/stages/0/servedAt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/GET", "pets", "pets/get", "/pets/GET", "//GET", "pets//GET", "pets/*", "GET"})
    void aMethodSettingNamesAllMethodsOrOne(String key) {
        assertThat(problems("apis: [{restApiId: a, body: a.yaml, stages: [{stageName: s, methodSettings: {'" + key
                        + "': {}}}]}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("the name is wrong: expected */*"));
    }

    private static Stage onlyStage(String fields) {
        return configuration("apis:\n  - restApiId: a\n    body: a.yaml\n    stages:\n      - stageName: prod\n"
                        + fields.indent(8))
                .apis()
                .get(0)
                .stages()
                .get(0)
                .stage();
    }

    private static Stage stage(java.util.function.Consumer<Stage.Draft> change) {
        Stage.Draft draft = Stage.draft();
        draft.stageName = "prod";
        change.accept(draft);
        return draft.build();
    }

    private static GatehouseConfiguration configuration(String file) {
        return read(file).fold(configuration -> configuration, problems -> {
            throw new AssertionError(problems.toString());
        });
    }

    private static List<Problem> problems(String file) {
        return read(file)
                .fold(
                        configuration -> {
                            throw new AssertionError("accepted: " + configuration);
                        },
                        problems -> problems);
    }

    private static ReadResult read(String file) {
        return ConfigurationFile.read("gatehouse.yaml", file.getBytes(StandardCharsets.UTF_8), FakeSecrets.SOME);
    }
}
