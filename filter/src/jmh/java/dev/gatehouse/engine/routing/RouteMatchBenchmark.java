package dev.gatehouse.engine.routing;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether a match costs the same in small and in large APIs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteMatchBenchmark {

    @Param({"10", "1000", "10000"})
    int resources;

    private RouteTable<String> table;
    private String[] paths;
    private int next;

    @Setup
    public void prepare() {
        RouteTable.Builder<String> builder = RouteTable.builder();
        for (int i = 0; i < resources; i++) {
            builder.add("/service" + i + "/items/{id}", "GET", "r" + i);
        }
        table = builder.build();
        // the same number of different paths in each size: the question is the table, not the processor's cache of texts
        paths = new String[10];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = "/service" + (i * (resources / 10)) + "/items/4711";
        }
    }

    @Benchmark
    public Optional<RouteTable.Match<String>> match() {
        next = next == 9 ? 0 : next + 1;
        return table.match("GET", paths[next]);
    }

    @Benchmark
    public Optional<RouteTable.Match<String>> miss() {
        next = next == 9 ? 0 : next + 1;
        return table.match("POST", paths[next]);
    }
}
