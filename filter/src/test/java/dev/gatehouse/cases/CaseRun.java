package dev.gatehouse.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gatehouse.cases.BehaviourCase.BackendExpectation;
import dev.gatehouse.cases.BehaviourCase.ClientRequest;
import dev.gatehouse.cases.BehaviourCase.Expected;
import dev.gatehouse.cases.RecordingBackends.Received;
import dev.gatehouse.compile.Compilation;
import dev.gatehouse.compile.PlanCompiler;
import dev.gatehouse.compile.StageCompiler;
import dev.gatehouse.compile.TestCompilers;
import dev.gatehouse.controlplane.openapi.ImportOptions;
import dev.gatehouse.controlplane.openapi.ImportResult;
import dev.gatehouse.controlplane.openapi.OpenApiImport;
import dev.gatehouse.dataplane.flow.Arrival;
import dev.gatehouse.dataplane.flow.Backends;
import dev.gatehouse.dataplane.flow.PlanStep;
import dev.gatehouse.dataplane.flow.RequestIds;
import dev.gatehouse.dataplane.flow.RestApiFlow;
import dev.gatehouse.dataplane.snapshot.AccessTable;
import dev.gatehouse.dataplane.snapshot.AddressTable;
import dev.gatehouse.definition.CanarySettings;
import dev.gatehouse.definition.LoggingLevel;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Stage;
import dev.gatehouse.engine.aws.AwsServices;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.Limits;
import dev.gatehouse.engine.limit.MemoryJournal;
import dev.gatehouse.engine.limit.Rate;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.engine.token.KeyServer;
import dev.gatehouse.engine.token.Tokens;
import dev.gatehouse.http.BodyStream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import dev.gatehouse.http.PayloadTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One case: the definition imported and compiled for real, fakes only where the gateway ends. */
final class CaseRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final BehaviourCase behaviour;
    private final RecordingBackends backends;
    private final RestApiFlow flow;
    private final Compilation compilation;
    private final List<String> accessLog = new ArrayList<>();
    private final List<String> executionLog = new ArrayList<>();

    private CaseRun(BehaviourCase behaviour, byte[] document) {
        this.behaviour = behaviour;
        this.backends = new RecordingBackends(behaviour);
        AtomicLong random = new AtomicLong(42);
        RequestIds ids = new RequestIds(() -> random.addAndGet(0x9E3779B97F4A7C15L));
        AwsServices services =
                new AwsServices(backends, new SigV4Signer(InstantSource.fixed(NOW)), backends.roles(), () -> 0);
        this.flow = new RestApiFlow(
                        new Arrival(ids, InstantSource.fixed(NOW), () -> 0.5),
                        plans(behaviour),
                        new Backends(backends.senders(), backends, services),
                        (group, line) -> executionLog.add(line))
                .withAccessLog((destination, line) -> accessLog.add(destination + ' ' + line));
        this.compilation = compile(document);
    }

    static CaseRun of(BehaviourCase behaviour, Path folder) throws IOException {
        JsonNode api = behaviour.api();
        byte[] document = api.isTextual() ? Files.readAllBytes(folder.resolve(api.textValue())) : inline(api, folder);
        return new CaseRun(behaviour, document);
    }

    private static byte[] inline(JsonNode api, Path folder) throws IOException {
        if (!api.has("extends")) {
            return YAML.writeValueAsBytes(api);
        }
        ObjectNode extended = (ObjectNode)
                YAML.readTree(folder.resolve(api.get("extends").textValue()).toFile());
        api.properties().stream()
                .filter(member -> !member.getKey().equals("extends"))
                .forEach(member -> extended.set(member.getKey(), member.getValue()));
        return YAML.writeValueAsBytes(extended);
    }

    private static PlanStep plans(BehaviourCase behaviour) {
        BehaviourCase.Access access = behaviour.access() == null ? BehaviourCase.Access.NONE : behaviour.access();
        AccessTable table = new AccessTable();
        access.keys()
                .forEach(key -> table.put(
                        key.value(),
                        new AccessTable.Client(key.id(), key.enabled() == null || key.enabled(), key.plans())));
        access.plans().forEach(plan -> table.put(PlanCompiler.compile(plan)));
        Limit account = access.accountThrottle() == null
                ? null
                : new Limit(
                        Level.ACCOUNT,
                        "account",
                        new Rate(
                                access.accountThrottle().rateLimit(),
                                access.accountThrottle().burstLimit()));
        try {
            // time stands still in a case: no token comes back
            Limits limits = new Limits(InstantSource.fixed(NOW), () -> 0, new MemoryJournal());
            return new PlanStep(List.of(table), limits, account, LimitListener.NONE, access.rateLimitHeaders());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check() throws Exception {
        if (behaviour.refused() != null) {
            checkRefused();
        } else {
            checkAnswer();
        }
    }

    private void checkRefused() {
        List<String> problems = compilation.fold(
                compiled -> List.of(),
                found -> found.stream().map(Object::toString).toList());
        assertThat(problems).as("problems").hasSameSizeAs(behaviour.refused());
        for (int i = 0; i < problems.size(); i++) {
            assertThat(problems.get(i)).contains(behaviour.refused().get(i));
        }
    }

    private void checkAnswer() throws Exception {
        for (ClientRequest before : behaviour.before() == null ? List.<ClientRequest>of() : behaviour.before()) {
            serve(before);
        }
        backends.forget();
        executionLog.clear();
        GatewayResponse response = serve(behaviour.request());
        Expected expected = behaviour.expected();
        boolean streamed = response.body() instanceof GatewayResponse.Body.Stream;
        byte[] body = response.body() instanceof GatewayResponse.Body.Stream coming
                ? taken(coming.stream(), expected.breaksOff())
                : ((GatewayResponse.Body.Bytes) response.body()).bytes();

        assertThat(streamed).as("streamed").isEqualTo(expected.streamed());
        assertThat(response.status()).as("status, body %s", text(body)).isEqualTo(expected.status());
        HeaderLines.check(response.headers(), expected.headers(), expected.absentHeaders(), expected.onlyHeaders());
        checkBody(body, expected.body(), expected.bodyJson(), expected.bodyBase64());
        if (expected.backend() != null) {
            checkBackend(backends.onlyCall(), expected.backend());
        }
        if (expected.event() != null) {
            assertThat(EventView.of(event(), expected.event())).isEqualTo(expected.event());
        }
        if (expected.absentFromEvent() != null) {
            for (String pointer : expected.absentFromEvent()) {
                assertThat(event().at(pointer).isMissingNode())
                        .as("%s is absent from the event", pointer)
                        .isTrue();
            }
        }
        if (expected.authorizerCalled() != null) {
            assertThat(!backends.authorizerCalls().isEmpty())
                    .as("authorizer called")
                    .isEqualTo(expected.authorizerCalled());
        }
        if (expected.authorizerEvent() != null) {
            assertThat(EventView.of(authorizerEvent(), expected.authorizerEvent()))
                    .isEqualTo(expected.authorizerEvent());
        }
        if (expected.absentFromAuthorizerEvent() != null) {
            for (String pointer : expected.absentFromAuthorizerEvent()) {
                assertThat(authorizerEvent().at(pointer).isMissingNode())
                        .as("%s is absent from the authorizer's event", pointer)
                        .isTrue();
            }
        }
        if (expected.accessLog() != null) {
            assertThat(accessLog).containsExactly(expected.accessLog());
        }
        if (expected.executionLog() != null) {
            checkExecutionLog(expected.executionLog());
        }
        if (expected.wholeExecutionLog() != null) {
            checkWholeExecutionLog(expected.wholeExecutionLog());
        }
        if (expected.backendCalled() != null) {
            assertThat(!backends.calls().isEmpty()).as("backend called").isEqualTo(expected.backendCalled());
        }
    }

    private static byte[] taken(BodyStream stream, boolean breaksOff) throws Exception {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        boolean broken = false;
        try {
            byte[] bytes = next(stream);
            while (bytes != null) {
                taken.writeBytes(bytes);
                bytes = next(stream);
            }
        } catch (ExecutionException e) {
            broken = true;
        }
        assertThat(broken).as("breaks off").isEqualTo(breaksOff);
        return taken.toByteArray();
    }

    private static byte[] next(BodyStream stream) throws Exception {
        return stream.next().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void checkExecutionLog(List<String> expected) {
        int from = 0;
        for (String part : expected) {
            while (from < executionLog.size() && !executionLog.get(from).contains(part)) {
                from++;
            }
            assertThat(from++)
                    .as("line with <%s> in the execution log %s", part, executionLog)
                    .isLessThan(executionLog.size());
        }
    }

    private void checkWholeExecutionLog(List<String> expected) {
        List<String> lines = executionLog.stream().map(CaseRun::withoutId).toList();
        assertThat(lines).as("execution log").hasSameSizeAs(expected);
        for (int i = 0; i < lines.size(); i++) {
            String wanted = expected.get(i);
            if (wanted.matches("(?s)/.+/")) {
                assertThat(lines.get(i)).matches(wanted.substring(1, wanted.length() - 1));
            } else {
                assertThat(lines.get(i)).isEqualTo(wanted);
            }
        }
    }

    private static String withoutId(String line) {
        String id = line.substring(1, line.indexOf(')'));
        return line.substring(id.length() + 3).replace(id, "ID");
    }

    private GatewayResponse serve(ClientRequest client) throws Exception {
        GatewayRequest request = request(client);
        AddressTable.Address address = AddressTable.of(List.of(binding()))
                .find(request.host(), request.path())
                .orElseThrow(() -> new AssertionError("no stage is at " + client.target()));
        return flow.serve(request, address).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private JsonNode event() throws IOException {
        return JSON.readTree(backends.onlyCall().body());
    }

    private JsonNode authorizerEvent() throws IOException {
        assertThat(backends.authorizerCalls()).as("calls of authorizers").hasSize(1);
        return JSON.readTree(backends.authorizerCalls().get(0).body());
    }

    private static void checkBackend(Received received, BackendExpectation expected) throws IOException {
        if (expected.method() != null) {
            assertThat(received.method()).isEqualTo(expected.method());
        }
        if (expected.uri() != null) {
            assertThat(received.uri()).isEqualTo(expected.uri());
        }
        if (expected.timeoutInMillis() != null) {
            assertThat(received.timeout()).hasMillis(expected.timeoutInMillis());
        }
        if (expected.silenceInMillis() != null) {
            assertThat(received.silence()).hasMillis(expected.silenceInMillis());
        }
        if (expected.profile() != null) {
            assertThat(received.profile()).isEqualTo(expected.profile());
        }
        HeaderLines.check(received.headers(), expected.headers(), expected.absentHeaders(), expected.onlyHeaders());
        checkBody(received.body(), expected.body(), expected.bodyJson(), expected.bodyBase64());
    }

    private static void checkBody(byte[] body, String exact, JsonNode json, String base64) throws IOException {
        if (exact != null) {
            assertThat(text(body)).isEqualTo(exact);
        }
        if (json != null) {
            assertThat(JSON.readTree(body)).isEqualTo(json);
        }
        if (base64 != null) {
            assertThat(Base64.getEncoder().encodeToString(body)).isEqualTo(base64);
        }
    }

    private Compilation compile(byte[] document) {
        BehaviourCase.StageSettings settings = behaviour.stage();
        Stage.Draft stage = Stage.draft();
        stage.stageName = settings == null || settings.stageName() == null ? "stage" : settings.stageName();
        stage.deploymentId = "dep1oy";
        if (settings != null && settings.variables() != null) {
            stage.variables = settings.variables();
        }
        if (behaviour.expected() != null && behaviour.expected().executionLog() != null) {
            stage.methodSettings =
                    Map.of("*/*", MethodSetting.DEFAULTS.with(setting -> setting.loggingLevel = LoggingLevel.INFO));
        }
        if (settings != null && settings.methodSettings() != null) {
            Map<String, MethodSetting> methods = new LinkedHashMap<>(stage.methodSettings);
            settings.methodSettings()
                    .forEach((method, own) -> methods.put(method, MethodSetting.DEFAULTS.with(setting -> {
                        if (own.throttlingRateLimit() != null) {
                            setting.throttlingRateLimit = own.throttlingRateLimit();
                            setting.throttlingBurstLimit = own.throttlingBurstLimit();
                        }
                        if (own.loggingLevel() != null) {
                            setting.loggingLevel = own.loggingLevel();
                        }
                        setting.dataTraceEnabled = own.dataTraceEnabled();
                    })));
            stage.methodSettings = methods;
        }
        if (settings != null) {
            stage.accessLogSettings = settings.accessLogSettings();
        }
        if (settings != null && settings.canarySettings() != null) {
            stage.canarySettings = new CanarySettings(
                    settings.canarySettings().percentTraffic(),
                    null,
                    settings.canarySettings().stageVariableOverrides(),
                    false);
        }
        StageCompiler lenient = TestCompilers.compiler(
                backends, Signer.all(behaviour.identities()), InstantSource.fixed(NOW), userPools());
        StageCompiler compiler = behaviour.refusesUnmodelled() ? lenient.refusingUnmodelled() : lenient;
        ImportResult result = OpenApiImport.read(
                document, "api", ImportOptions.of("apiid", "us-east-1", "123456789012", (kind, name) -> kind + name));
        return result.fold(
                imported -> compiler.compile("api", imported.definition(), stage.build(), false),
                rejected -> new Compilation.Refused(rejected.problems()));
    }

    private KeyServer userPools() {
        String keys = behaviour.userPoolKeys() == null ? Tokens.keySet() : behaviour.userPoolKeys();
        return keys.equals("unreachable") ? new KeyServer().failing() : new KeyServer().publishing(keys);
    }

    private AddressTable.Binding binding() {
        boolean mapped = behaviour.servedAt() != null;
        return compilation.fold(
                compiled -> new AddressTable.Binding(
                        compiled, mapped ? behaviour.servedAt().substring(1) : compiled.stageName(), mapped),
                problems -> {
                    throw new AssertionError("the definition does not compile: " + problems);
                });
    }

    private GatewayRequest request(ClientRequest request) {
        String target = request.target();
        int question = target.indexOf('?');
        Headers headers = HeaderLines.parse(withToken(request));
        byte[] body = request.bodyLength() == null
                ? bytes(request.body(), request.bodyBase64())
                : "a".repeat(request.bodyLength()).getBytes(StandardCharsets.US_ASCII);
        long declared = request.declaredLength() == null ? body.length : request.declaredLength();
        String path = question < 0 ? target : target.substring(0, question);
        String sourceIp = request.sourceIp() == null ? "203.0.113.7" : request.sourceIp();
        String scheme = request.scheme() == null ? "https" : request.scheme();
        GatewayRequest sent = new GatewayRequest(
                request.method(),
                headers.contains("Host") ? headers.first("Host") : "api.example.com",
                path,
                question < 0 ? null : target.substring(question + 1),
                headers,
                new GatewayRequest.Client(sourceIp, "HTTP/1.1", scheme, 443),
                payload(body, declared),
                backends.application(),
                new GatewayRequest.Sent(request.method(), (request.behind() == null ? "" : request.behind()) + path));
        return request.signed() == null ? sent : request.signed().sign(sent, body, NOW);
    }

    private static List<String> withToken(ClientRequest request) {
        if (request.token() == null) {
            return request.headers();
        }
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool")
                .put("exp", NOW.getEpochSecond() + 3600);
        claims.setAll((ObjectNode) request.token());
        String token = Tokens.signed(claims.toString());
        return request.headers().stream()
                .map(line -> line.replace("$token", token))
                .toList();
    }

    private static Payload payload(byte[] body, long declared) {
        return new Payload() {
            @Override
            public long declaredLength() {
                return declared;
            }

            @Override
            public CompletionStage<byte[]> read(int limit) {
                return body.length > limit
                        ? CompletableFuture.failedFuture(new PayloadTooLargeException(limit))
                        : CompletableFuture.completedFuture(body);
            }
        };
    }

    static byte[] bytes(String text, String base64) {
        if (base64 != null) {
            return Base64.getDecoder().decode(base64);
        }
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Only the members that the expectation names: a case is about some of them. */
    private static final class EventView {
        static JsonNode of(JsonNode actual, JsonNode expected) {
            if (!actual.isObject() || !expected.isObject()) {
                return actual;
            }
            var view = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> member : expected.properties()) {
                if (actual.has(member.getKey())) {
                    view.set(member.getKey(), of(actual.get(member.getKey()), member.getValue()));
                }
            }
            return view;
        }
    }
}
