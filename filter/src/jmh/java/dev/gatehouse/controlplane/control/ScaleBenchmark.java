package dev.gatehouse.controlplane.control;

import java.util.Set;
import java.time.LocalDate;
import dev.gatehouse.definition.UsagePlan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.definition.ApiKey;
import dev.gatehouse.definition.Problem;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Amazon's operations on an embedded store that is nearly empty, and on one that is full. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
public class ScaleBenchmark {

    /** Keys; a hundredth as many APIs. */
    @Param({"1000", "1000000"})
    int keys;

    private static final int ROWS_AT_ONCE = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private JdbcStore store;
    private ControlPlane plane;
    private String middle;
    private final Random random = new Random(1);

    /** Filling takes minutes, so the folder is kept and found again by the next run; delete it by hand. */
    @Setup(Level.Trial)
    public void fill() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-scale-" + keys);
        boolean filled = Files.exists(directory);
        store = JdbcStore.in(directory);
        open();
        if (!filled) {
            fillKeys();
            fillApis();
        }
        middle = page("/apikeys?limit=500");
        for (int page = 0; page < keys / 1000; page++) {
            middle = page("/apikeys?limit=500&position=" + middle);
        }
    }

    private void fillKeys() {
        for (int from = 0; from < keys; from += ROWS_AT_ONCE) {
            int first = from;
            int end = Math.min(keys, from + ROWS_AT_ONCE);
            store.write(writing -> {
                for (int number = first; number < end; number++) {
                    ApiKeys.put(writing, key(number));
                }
                return null;
            });
        }
    }

    private void fillApis() {
        for (int api = 0; api < keys / 100; api++) {
            String id = json(call("POST", "/restapis", "{\"name\":\"api" + api + "\"}"))
                    .path("id")
                    .textValue();
            String root = json(call("GET", "/restapis/" + id, "")).path("rootResourceId").textValue();
            String method = "/restapis/" + id + "/resources/" + root + "/methods/GET";
            call("PUT", method, "{\"authorizationType\":\"NONE\"}");
            call("PUT", method + "/integration", "{\"type\":\"MOCK\"}");
            call("POST", "/restapis/" + id + "/deployments", "{\"stageName\":\"prod\"}");
        }
    }

    private void open() {
        Random identifiers = new Random();
        plane = new ControlPlane(
                store,
                List::of,
                new NobodyServes(),
                request -> new Caller("somebody"),
                new Home("123456789012", "eu-west-1", InstantSource.system(), identifiers::nextLong));
    }

    @TearDown(Level.Trial)
    public void close() {
        store.close();
    }

    @Benchmark
    public ControlResponse createKey() {
        return call("POST", "/apikeys", "{\"name\":\"new\",\"enabled\":true}");
    }

    @Benchmark
    public ControlResponse getKey() {
        return call("GET", "/apikeys/" + id(random.nextInt(keys)) + "?includeValue=true", "");
    }

    @Benchmark
    public ControlResponse pageOfKeysInTheMiddle() {
        return call("GET", "/apikeys?limit=25&position=" + middle, "");
    }

    @Benchmark
    public ControlResponse createApi() {
        return call("POST", "/restapis", "{\"name\":\"new\"}");
    }

    @Benchmark
    public ControlResponse pageOfApis() {
        return call("GET", "/restapis?limit=25", "");
    }

    private String page(String target) {
        JsonNode position = json(call("GET", target, "")).path("position");
        return position.isMissingNode() ? middle : position.textValue();
    }

    private ControlResponse call(String method, String target, String body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        ControlResponse answer = plane.answer(new ControlRequest(
                method,
                path,
                path,
                question < 0 ? null : target.substring(question + 1),
                Headers.EMPTY,
                body.getBytes(StandardCharsets.UTF_8)));
        if (answer.status() >= 300) {
            throw new IllegalStateException(
                    method + " " + target + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    private static JsonNode json(ControlResponse answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(int number) {
        return "k" + String.format("%09d", number);
    }

    private static ApiKey key(int number) {
        ApiKey.Draft draft = ApiKey.draft();
        draft.id = id(number);
        draft.value = "value-of-a-key-" + String.format("%025d", number);
        draft.name = "key " + number;
        draft.enabled = true;
        draft.createdDate = Instant.EPOCH;
        draft.lastUpdatedDate = Instant.EPOCH;
        return draft.build();
    }

    /** What compiling and serving cost is measured elsewhere. */
    private record NobodyServes() implements DataPlane {
        @Override
        public void admitKey(String keyId, ApiKey key, List<String> planIds) {
            // nobody is let in here
        }

        @Override
        public void admitPlan(String planId, UsagePlan plan) {
            // nobody is let in here
        }

        @Override
        public Map<String, List<long[]>> usage(UsagePlan plan, Set<String> keyIds, LocalDate from, LocalDate to) {
            throw new UnsupportedOperationException("nothing is counted here");
        }

        @Override
        public void extendQuota(UsagePlan plan, String keyId, long remaining) {
            throw new UnsupportedOperationException("nothing is counted here");
        }


        @Override
        public List<Problem> check(Release release) {
            return List.of();
        }

        @Override
        public void publish(Map<String, List<Release>> stagesByApi) {
            // served by nobody
        }

        @Override
        public AuthorizerTrial.Result test(AuthorizerTrial trial) {
            throw new UnsupportedOperationException("nobody is asked here");
        }

        @Override
        public void flushAuthorizers(String restApiId, String stageName) {
            // nothing is remembered here
        }

        @Override
        public MethodTrial.Result test(MethodTrial trial) {
            throw new UnsupportedOperationException("nothing runs here");
        }
    }
}
