package dev.gatehouse.controlplane.control;

import java.util.Set;
import java.time.LocalDate;
import dev.gatehouse.definition.UsagePlan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.controlplane.store.JdbcStore;
import dev.gatehouse.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    private static final int KEYS_OF_A_PLAN = 1_000;

    /** More than what a thousand keys and ten APIs take. */
    private static final long PLACES = 10_000;

    /** Identifiers, values and what they are found by get other first characters. */
    private static final String COPY =
            """
            INSERT INTO gatehouse_entry (kind, parent, id, lookup, version, place, json_text)
            SELECT kind,
              CASE parent WHEN '' THEN '' ELSE other || SUBSTRING(parent, 4) END,
              CASE SUBSTRING(kind, LOCATE('/', kind) + 1)
                WHEN 'access' THEN SUBSTRING(id, 1, LOCATE('/', id)) || other || SUBSTRING(id, LOCATE('/', id) + 4)
                WHEN 'deployment' THEN id
                WHEN 'frozen' THEN id
                WHEN 'stage' THEN id
                ELSE other || SUBSTRING(id, 4) END,
              other || SUBSTRING(lookup, 4),
              version,
              place + further,
              CASE SUBSTRING(kind, LOCATE('/', kind) + 1)
                WHEN 'apikey' THEN REPLACE(REPLACE(json_text, id, other || SUBSTRING(id, 4)), 'value-of', 'value-' || other)
                WHEN 'usageplan' THEN REPLACE(json_text, id, other || SUBSTRING(id, 4))
                WHEN 'restapi' THEN REPLACE(json_text, id, other || SUBSTRING(id, 4))
                WHEN 'frozen' THEN REPLACE(json_text, parent, other || SUBSTRING(parent, 4))
                ELSE json_text END
            FROM original, (SELECT CAST(? AS VARCHAR) AS other, CAST(? AS BIGINT) AS further)
            ORDER BY place""";

    private static final String DOCUMENT =
            """
            {"swagger": "2.0", "info": {"title": "NAME"}, "paths": {"/pets": {"get": {"responses": {},
             "x-amazon-apigateway-integration": {"type": "mock"}}}}}""";
    private static final ObjectMapper JSON = new ObjectMapper();

    private JdbcStore store;
    private ControlPlane plane;
    private String middle;
    private final List<String> known = new ArrayList<>();
    private final Random random = new Random(1);

    /** Filling takes minutes, so the folder is kept and found again by the next run; delete it by hand. */
    @Setup(Level.Trial)
    public void fill() throws SQLException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-scale-" + keys);
        boolean filled = Files.exists(directory);
        store = JdbcStore.in(directory);
        open();
        if (!filled) {
            fillKeys();
            fillApis();
            store.close();
            multiply(directory);
            store = JdbcStore.in(directory);
            open();
        }
        middle = page("/apikeys?limit=500");
        for (int page = 0; page < keys / 1000; page++) {
            middle = page("/apikeys?limit=500&position=" + middle);
        }
    }

    /** A thousand keys in one plan, by Amazon's operations. */
    private void fillKeys() {
        String plan = json(call("POST", "/usageplans", "{\"name\":\"plan\"}"))
                .path("id")
                .textValue();
        StringBuilder rows = new StringBuilder("name,key,enabled,usageplanIds\n");
        for (int number = 0; number < KEYS_OF_A_PLAN; number++) {
            rows.append("key ").append(number).append(",value-of-a-key-").append(number).append("-of-many,true,").append(plan).append("\n");
        }
        call("POST", "/apikeys?mode=import&format=csv", rows.toString());
    }

    private void fillApis() {
        for (int api = 0; api < KEYS_OF_A_PLAN / 100; api++) {
            String id = json(call("POST", "/restapis?mode=import", DOCUMENT.replace("NAME", "api " + api)))
                    .path("id")
                    .textValue();
            call("POST", "/restapis/" + id + "/deployments", "{\"stageName\":\"prod\"}");
        }
    }

    /** The same again under other identifiers and values, until there is as much as is wanted: by operations it would take an hour. */
    private void multiply(Path directory) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + directory.resolve("gatehouse") + ";CACHE_SIZE=524288", "gatehouse", "");
                Statement original = connection.createStatement()) {
            original.execute("CREATE LOCAL TEMPORARY TABLE original AS SELECT * FROM gatehouse_entry WHERE kind <> 'region'");
            multiply(connection);
        }
    }

    private void multiply(Connection connection) throws SQLException {
        try (PreparedStatement copy = connection.prepareStatement(COPY);
                PreparedStatement state = connection.prepareStatement(
                        "UPDATE gatehouse_state SET last_place = (SELECT MAX(place) FROM gatehouse_entry)")) {
            for (int number = 1; number < keys / KEYS_OF_A_PLAN; number++) {
                // capitals, as no identifier and no hash has any
                copy.setString(1, "" + (char) ('A' + number / 100) + (char) ('A' + number / 10 % 10) + (char) ('A' + number % 10));
                copy.setLong(2, number * PLACES);
                copy.executeUpdate();
            }
            state.executeUpdate();
        }
    }

    private void open() {
        Random identifiers = new Random();
        plane = new ControlPlane(
                store,
                () -> Declarations.NONE,
                new TestControlPlane.RefusingDataPlane(List.of()),
                (request, tags) -> new Caller("somebody", "eu-west-1"),
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
        return call("GET", "/apikeys/" + known.get(random.nextInt(known.size())) + "?includeValue=true", "");
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

    /** From the store to the first call: everything is compiled, and every key is known. Tells the heap that is held then. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public int startUp() {
        try (Gatehouse gatehouse = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream("apis: []\n".getBytes(StandardCharsets.UTF_8)))
                .controlPlane(store, (request, tags) -> new Caller("somebody", "eu-west-1"))
                .build()) {
            int stages = gatehouse.stages().size();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.println("stages " + stages + ", heap " + (runtime.totalMemory() - runtime.freeMemory()) / 1024 + " KiB");
            return stages;
        }
    }

    private String page(String target) {
        JsonNode page = json(call("GET", target, ""));
        page.path("item").forEach(key -> known.add(key.path("id").textValue()));
        JsonNode position = page.path("position");
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
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                true));
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
}
