package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyRules.Principals;
import dev.gatehouse.engine.policy.PolicyTree.Scalar;
import dev.gatehouse.engine.policy.TextPattern.Literal;
import dev.gatehouse.engine.policy.TextPattern.Part;
import dev.gatehouse.engine.policy.TextPattern.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one statement of a policy, and says everything that is wrong with it. */
final class StatementReader {

    private static final Set<String> MEMBERS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
    private static final Pattern WILDCARDS = Pattern.compile("\\*+");

    private final PolicyRules rules;
    private final Problems problems;
    private final boolean variables;
    private final String pointer;
    private final Map<?, ?> statement;

    /** @param variables whether the policy's version has them */
    StatementReader(PolicyRules rules, Problems problems, boolean variables, String pointer, Map<?, ?> statement) {
        this.rules = rules;
        this.problems = problems;
        this.variables = variables;
        this.pointer = pointer;
        this.statement = statement;
    }

    /** @return of no use where there are problems */
    Statement read(int index) {
        for (Object name : statement.keySet()) {
            if (!MEMBERS.contains(name)) {
                problems.add(Problems.at(pointer, (String) name), "is not an element of a statement");
            }
        }
        Object sid = statement.get("Sid");
        if (statement.containsKey("Sid") && !(sid instanceof String)) {
            problems.add(pointer + "/Sid", "must be a text");
        }
        PolicyDecision decision = new PolicyDecision(effect(), index, sid instanceof String text ? text : null);
        Callers callers = callers();
        String action = oneOf("Action", "NotAction");
        String resource = oneOf("Resource", "NotResource");
        return new Statement(
                decision,
                callers,
                statement.containsKey("NotPrincipal"),
                actions(action),
                "NotAction".equals(action),
                resources(resource),
                "NotResource".equals(resource),
                new ConditionReader(problems, variables, pointer + "/Condition")
                        .read(statement.get("Condition"), statement.containsKey("Condition")));
    }

    private Verdict effect() {
        Object effect = statement.get("Effect");
        if ("Deny".equals(effect)) {
            return Verdict.EXPLICIT_DENY;
        }
        if (effect == null) {
            problems.add(pointer, "needs 'Effect'");
        } else if (!"Allow".equals(effect)) {
            problems.add(pointer + "/Effect", "must be 'Allow' or 'Deny'");
        }
        return Verdict.ALLOW;
    }

    private Callers callers() {
        boolean positive = statement.containsKey("Principal");
        boolean negative = statement.containsKey("NotPrincipal");
        if (rules.principals() == Principals.FORBIDDEN) {
            if (positive || negative) {
                problems.add(
                        pointer + (positive ? "/Principal" : "/NotPrincipal"),
                        "has no place in a policy that is attached to an identity");
            }
            return null;
        }
        String name = oneOf("Principal", "NotPrincipal");
        return name == null ? null : new CallersReader(problems, pointer + "/" + name).read(statement.get(name));
    }

    /** @return which of the two is there; null where none or both are, which is a problem then */
    private String oneOf(String name, String opposite) {
        boolean one = statement.containsKey(name);
        boolean other = statement.containsKey(opposite);
        if (one == other) {
            problems.add(
                    pointer,
                    one
                            ? "has '" + name + "' and '" + opposite + "'; only one of them is allowed"
                            : "needs '" + name + "' or '" + opposite + "'");
            return null;
        }
        return one ? name : opposite;
    }

    private Glob[] actions(String name) {
        List<Glob> actions = new ArrayList<>();
        texts(name, (action, place) -> {
            if (!ACTION.matcher(action).matches()) {
                problems.add(
                        place,
                        "is neither '*' nor a service and an action such as execute-api:Invoke: '" + action + "'");
                return;
            }
            Glob.Builder glob = new Glob.Builder();
            for (char c : action.toLowerCase(Locale.ROOT).toCharArray()) {
                if (c == '*') {
                    glob.anyMany();
                } else if (c == '?') {
                    glob.anyOne();
                } else {
                    glob.literal(String.valueOf(c));
                }
            }
            actions.add(glob.build());
        });
        return actions.toArray(Glob[]::new);
    }

    private TextPattern[] resources(String name) {
        List<TextPattern> resources = new ArrayList<>();
        texts(name, (written, place) -> {
            String resource = rules.resourceForm().apply(written);
            TextPattern.Reader reader = new TextPattern.Reader(resource, variables, true);
            if (reader.problem() != null) {
                problems.add(place, reader.problem());
            } else if (!resource.startsWith("arn:")
                    && !WILDCARDS.matcher(resource).matches()) {
                problems.add(place, "is neither '*' nor an ARN: '" + written + "'");
            } else if (hasEarlyVariable(reader.parts())) {
                problems.add(place, "has a variable before the fifth colon of the ARN: '" + written + "'");
            } else {
                resources.add(new TextPattern(reader.parts(), false));
            }
        });
        return resources.toArray(TextPattern[]::new);
    }

    private static boolean hasEarlyVariable(List<Part> parts) {
        int colons = 0;
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                colons += (int) literal.text().chars().filter(c -> c == ':').count();
            } else if (part instanceof Variable && colons < 5) {
                return true;
            }
        }
        return false;
    }

    private void texts(String name, TextConsumer consumer) {
        if (name != null) {
            texts(statement.get(name), pointer + "/" + name, problems, consumer);
        }
    }

    /** What is done with a text and its place. */
    @FunctionalInterface
    interface TextConsumer {
        void accept(String text, String place);
    }

    /** Walks over a text or a list of texts; anything else is a problem. */
    static void texts(Object tree, String place, Problems problems, TextConsumer consumer) {
        List<?> list = tree instanceof List<?> several ? several : List.of(tree);
        if (list.isEmpty()) {
            problems.add(place, "needs at least one value");
        }
        for (int i = 0; i < list.size(); i++) {
            String at = tree instanceof List ? Problems.at(place, i) : place;
            if (list.get(i) instanceof String text) {
                consumer.accept(text, at);
            } else {
                problems.add(at, list.get(i) instanceof Scalar ? "must be a text in quotes" : "must be a text");
            }
        }
    }
}
