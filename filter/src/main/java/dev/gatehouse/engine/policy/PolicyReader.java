package dev.gatehouse.engine.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the outer part of a policy. Source: AWS Identity and Access Management user guide, "Grammar of the IAM JSON policy language". */
final class PolicyReader {

    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");

    private final PolicyRules rules;
    private final Problems problems;

    PolicyReader(PolicyRules rules, Problems problems) {
        this.rules = rules;
        this.problems = problems;
    }

    /** @return of no use where there are problems */
    List<Statement> read(String text) {
        if (text.length() > rules.maxLength()) {
            problems.add("", "has " + text.length() + " characters; at most " + rules.maxLength() + " are allowed");
            return List.of();
        }
        Object tree = PolicyTree.read(text, problems);
        if (tree == null) {
            return List.of();
        }
        Map<?, ?> policy = object(tree, "");
        if (policy == null) {
            return List.of();
        }
        unknown(policy, MEMBERS, "");
        boolean variables = version(policy.get("Version"));
        if (policy.containsKey("Id") && !(policy.get("Id") instanceof String)) {
            problems.add("/Id", "must be a text");
        }
        if (!policy.containsKey("Statement")) {
            problems.add("", "needs 'Statement'");
            return List.of();
        }
        return statements(policy.get("Statement"), variables);
    }

    /** @return whether policies of that version have variables */
    private boolean version(Object version) {
        if (version != null && !"2012-10-17".equals(version) && !"2008-10-17".equals(version)) {
            problems.add("/Version", "must be '2012-10-17' or '2008-10-17'");
        }
        return "2012-10-17".equals(version);
    }

    private List<Statement> statements(Object tree, boolean variables) {
        List<?> list = tree instanceof List<?> several ? several : List.of(tree);
        if (list.isEmpty()) {
            problems.add("/Statement", "needs at least one statement");
        }
        if (list.size() > rules.maxStatements()) {
            problems.add(
                    "/Statement",
                    "has " + list.size() + " statements; at most " + rules.maxStatements() + " are allowed");
            return List.of();
        }
        List<Statement> statements = new ArrayList<>(list.size());
        Map<String, String> sids = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = tree instanceof List ? Problems.at("/Statement", i) : "/Statement";
            Map<?, ?> statement = object(list.get(i), pointer);
            if (statement != null) {
                unique(statement.get("Sid"), pointer, sids);
                statements.add(new StatementReader(rules, problems, variables, pointer, statement).read(i));
            }
        }
        return statements;
    }

    private void unique(Object sid, String pointer, Map<String, String> sids) {
        String earlier = sid instanceof String text && !text.isEmpty() ? sids.putIfAbsent(text, pointer) : null;
        if (earlier != null) {
            problems.add(pointer + "/Sid", "is that of " + earlier + ", too");
        }
    }

    private Map<?, ?> object(Object tree, String pointer) {
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        problems.add(pointer, "must be an object");
        return null;
    }

    private void unknown(Map<?, ?> members, Set<String> known, String pointer) {
        for (Object name : members.keySet()) {
            if (!known.contains(name)) {
                problems.add(Problems.at(pointer, (String) name), "is not an element of a policy");
            }
        }
    }
}
