package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.flow.Phase.Matched;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/** Where the lines of an execution log go. */
interface Journal {

    /**
     * One line about a call.
     *
     * @param label what the line says, or what its value is
     * @param value text of a caller or a backend, up to {@link ExecutionLog#LONGEST} characters and one more
     */
    void line(Matched matched, String label, String value);

    /** Whether this is a log group, whose lines tell a little more than those of a test invocation (recorded). */
    boolean ofLogGroup();

    /** One logger for each stage, named as Amazon's log group is: {@code API-Gateway-Execution-Logs_{apiId}/{stage}}. */
    record Groups(BiConsumer<String, String> sink) implements Journal {

        /** A logger for each group, at level INFO: which calls are told is the stage's decision, not the logger's. */
        static void toLoggers(String group, String line) {
            LoggerFactory.getLogger(group).info("{}", line);
        }

        @Override
        public boolean ofLogGroup() {
            return true;
        }

        @Override
        public void line(Matched matched, String label, String value) {
            String text = label + value;
            String shown = text.length() > ExecutionLog.LONGEST ? text.substring(0, ExecutionLog.LONGEST) : text;
            String line = "(" + matched.context().call().requestId() + ") " + LogText.of(shown);
            sink.accept(
                    group(matched),
                    // API Gateway cuts an event there
                    line.length() > ExecutionLog.LONGEST ? line.substring(0, ExecutionLog.LONGEST) : line);
        }

        private static String group(Matched matched) {
            boolean canary = Boolean.TRUE.equals(matched.context().call().isCanaryRequest());
            return "API-Gateway-Execution-Logs_" + matched.stage().apiId() + "/"
                    + matched.stage().stageName() + (canary ? "/Canary" : "");
        }
    }
}
