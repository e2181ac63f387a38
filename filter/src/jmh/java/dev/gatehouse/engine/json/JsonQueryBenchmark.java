package dev.gatehouse.engine.json;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A member three levels down, and all of one name: ours beside the library that knows every path. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonQueryBenchmark {

    private final JsonQuery definite = JsonQuery.compile("$.order.items[3].id");
    private final JsonQuery sameByLibrary = JaywayPath.parse("$.order.items[3].id");
    private final JsonQuery every = JsonQuery.compile("$.order.items[*].id");
    private Object tree;

    @Setup
    public void prepare() throws MalformedJsonException {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            items.append(i == 0 ? "" : ",").append("{\"id\": \"sku-").append(i).append("\"}");
        }
        tree = Json.parse("{\"order\": {\"items\": [" + items + "]}}");
    }

    @Benchmark
    public Object definite() {
        return definite.read(tree);
    }

    @Benchmark
    public Object definiteByLibrary() {
        return sameByLibrary.read(tree);
    }

    @Benchmark
    public Object everyByLibrary() {
        return every.read(tree);
    }
}
