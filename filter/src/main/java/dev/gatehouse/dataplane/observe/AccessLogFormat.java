package dev.gatehouse.dataplane.observe;

import dev.gatehouse.dataplane.observe.EndedCall.Integration;
import dev.gatehouse.engine.expression.ContextVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of a line: text with {@code $context.name}. What a call does not have is a hyphen. Source: API Gateway developer
 * guide, "variables for access logging".
 *
 * <p>Callers write into these lines. None of them begins a second one, or leaves its place in a line of JSON or XML. Thread-safe.
 */
public final class AccessLogFormat {

    private static final Pattern REFERENCE = Pattern.compile("\\$context((?:\\.[A-Za-z0-9_-]+)+)");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}]+");
    private static final Pattern ROOT = Pattern.compile("(?:^|;)Root=([^;]+)");
    private static final String ABSENT = "-";

    private static final Map<String, Function<EndedCall, Object>> OF_LOGS = Map.ofEntries(
            Map.entry("status", EndedCall::status),
            Map.entry("responseLength", EndedCall::responseLength),
            Map.entry("responseLatency", EndedCall::responseLatency),
            integration("integration.status", Integration::status),
            integration("integration.integrationStatus", Integration::callStatus),
            integration("integrationStatus", Integration::callStatus),
            integration("integration.latency", Integration::latency),
            integration("integrationLatency", Integration::latency),
            integration("integration.error", Integration::error),
            integration("integrationErrorMessage", Integration::error),
            integration("integration.responseTransferMode", one -> one.streams() ? "STREAMED" : "BUFFERED"),
            integration("integration.timeToAllHeaders", Integration::timeToAllHeaders),
            integration("integration.timeToFirstContent", Integration::timeToFirstContent),
            Map.entry("integration.requestId", call -> call.context().endpointRequestId()),
            Map.entry("xrayTraceId", AccessLogFormat::traceRoot));

    /** Amazon has them; there is nothing here that they could speak of. */
    private static final Set<String> ABSENT_HERE = Set.of(
            "endpointType",
            "authorize.status",
            "authorize.error",
            "authorize.latency",
            "authenticate.status",
            "authenticate.error",
            "authenticate.latency",
            "waf.status",
            "waf.error",
            "waf.latency",
            "customDomain.basePathMatched",
            "customDomain.routingRuleIdMatched");

    private final List<Function<EndedCall, String>> parts;

    private AccessLogFormat(List<Function<EndedCall, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException where it has no request id, or a name that is not Amazon's */
    public static AccessLogFormat parse(String format) {
        if (!format.contains("$context.requestId") && !format.contains("$context.extendedRequestId")) {
            throw new IllegalArgumentException(
                    "the format of an access log needs $context.requestId or $context.extendedRequestId");
        }
        UnaryOperator<String> escape = escape(format.strip());
        List<Function<EndedCall, String>> parts = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(format);
        int literal = 0;
        while (matcher.find()) {
            addLiteral(format.substring(literal, matcher.start()), parts);
            parts.add(variable(matcher.group(1).substring(1), escape));
            literal = matcher.end();
        }
        addLiteral(format.substring(literal), parts);
        return new AccessLogFormat(parts);
    }

    public String line(EndedCall call) {
        StringBuilder line = new StringBuilder(256);
        parts.forEach(part -> line.append(part.apply(call)));
        return line.toString();
    }

    private static void addLiteral(String text, List<Function<EndedCall, String>> parts) {
        if (!text.isEmpty()) {
            String oneLine = CONTROL.matcher(text).replaceAll(" ");
            parts.add(call -> oneLine);
        }
    }

    private static Function<EndedCall, String> variable(String name, UnaryOperator<String> escape) {
        if (name.equals("error.messageString")) {
            // is JSON already, quotes included
            return call -> text(known(name).of(call.context()), UnaryOperator.identity());
        }
        Function<EndedCall, Object> ofLogs = OF_LOGS.get(name);
        if (ofLogs != null) {
            return call -> text(ofLogs.apply(call), escape);
        }
        if (ABSENT_HERE.contains(name)) {
            return call -> ABSENT;
        }
        ContextVariable variable = known(name);
        return call -> text(variable.of(call.context()), escape);
    }

    private static ContextVariable known(String name) {
        return ContextVariable.named(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no variable $context." + name));
    }

    private static String text(Object value, UnaryOperator<String> escape) {
        return value == null || value.toString().isEmpty()
                ? ABSENT
                : escape.apply(CONTROL.matcher(value.toString()).replaceAll(" "));
    }

    private static UnaryOperator<String> escape(String format) {
        if (format.startsWith("{")) {
            return text -> text.replace("\\", "\\\\").replace("\"", "\\\"");
        }
        return format.startsWith("<")
                ? text -> text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;")
                : UnaryOperator.identity();
    }

    private static Map.Entry<String, Function<EndedCall, Object>> integration(
            String name, Function<Integration, Object> fact) {
        return Map.entry(name, call -> call.integration() == null ? null : fact.apply(call.integration()));
    }

    private static Object traceRoot(EndedCall call) {
        Matcher root = ROOT.matcher(call.trace() == null ? "" : call.trace());
        return root.find() ? root.group(1) : null;
    }
}
