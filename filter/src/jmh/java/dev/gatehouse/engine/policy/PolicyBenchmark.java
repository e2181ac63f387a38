package dev.gatehouse.engine.policy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a question costs in small and in large policies, and what compiling one costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {

    private static final String API = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/";

    @Param({"10", "500"})
    int statements;

    private String text;
    private PolicyRules rules;
    private Policy policy;
    private PolicyQuery last;
    private PolicyQuery none;
    private Policy hostile;
    private PolicyQuery many;

    @Setup
    public void prepare() {
        StringBuilder json = new StringBuilder("{\"Version\":\"2012-10-17\",\"Statement\":[");
        for (int i = 0; i < statements; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"")
                    .append(API)
                    .append("*/GET/service")
                    .append(i)
                    .append("/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}}");
        }
        text = json.append("]}").toString();
        rules = PolicyRules.RESOURCE.withBounds(1_000_000, 1_000);
        policy = Policy.compile(text, rules).policy().orElseThrow();
        last = query("service" + (statements - 1) + "/items/4711");
        none = query("elsewhere/items/4711");
        hostile = Policy.compile(
                        text.replaceAll("\\*/GET/service\\d+/\\*", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b*a"), rules)
                .policy()
                .orElseThrow();
        many = query("a".repeat(200));
        if (!policy.evaluate(last).isAllowed() || policy.evaluate(none).isAllowed()) {
            throw new IllegalStateException("the questions must have the answers they are named after");
        }
    }

    private static PolicyQuery query(String path) {
        return new PolicyQuery(
                List.of(Principal.aws("arn:aws:iam::123456789012:user/bob")),
                "execute-api:Invoke",
                API + "prod/GET/" + path,
                ConditionKeys.builder().add("aws:SourceIp", "203.0.113.7").build());
    }

    @Benchmark
    public PolicyDecision lastStatementAllows() {
        return policy.evaluate(last);
    }

    @Benchmark
    public PolicyDecision nothingMatches() {
        return policy.evaluate(none);
    }

    /** Stars between letters that the text is full of: what makes matchers that go back try everything. */
    @Benchmark
    public PolicyDecision wildcardsThatInviteBacktracking() {
        return hostile.evaluate(many);
    }

    @Benchmark
    public PolicyReading compile() {
        return Policy.compile(text, rules);
    }
}
