package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.TextPattern.Literal;
import dev.gatehouse.engine.policy.TextPattern.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * An ARN as conditions compare it: each of the six parts between the colons with its own wildcards, the last one with colons in
 * it. A star alone is every ARN. Source: AWS Identity and Access Management user guide, "Amazon Resource Name (ARN) condition
 * operators".
 */
final class ArnPattern {

    private static final int PARTS = 6;

    private final TextPattern[] parts;

    private ArnPattern(TextPattern[] parts) {
        this.parts = parts;
    }

    /** @return null where there are not six parts */
    static ArnPattern of(List<Part> text) {
        List<List<Part>> split = new ArrayList<>();
        split.add(new ArrayList<>());
        for (Part part : text) {
            if (part instanceof Literal literal) {
                split(literal.text(), split);
            } else {
                split.get(split.size() - 1).add(part);
            }
        }
        if (text.size() == 1 && text.get(0) == TextPattern.Wild.MANY) {
            while (split.size() < PARTS) {
                split.add(split.get(0));
            }
        }
        return split.size() < PARTS
                ? null
                : new ArnPattern(split.stream()
                        .map(parts -> new TextPattern(parts, false))
                        .toArray(TextPattern[]::new));
    }

    private static void split(String literal, List<List<Part>> split) {
        int start = 0;
        int colon = literal.indexOf(':');
        while (colon >= 0 && split.size() < PARTS) {
            addText(literal.substring(start, colon), split);
            split.add(new ArrayList<>());
            start = colon + 1;
            colon = literal.indexOf(':', start);
        }
        addText(literal.substring(start), split);
    }

    private static void addText(String text, List<List<Part>> split) {
        if (!text.isEmpty()) {
            split.get(split.size() - 1).add(new Literal(text));
        }
    }

    Match matches(String arn, ConditionKeys keys) {
        Match all = Match.YES;
        int start = 0;
        for (int i = 0; i < PARTS; i++) {
            int end = i == PARTS - 1 ? arn.length() : arn.indexOf(':', start);
            if (end < 0) {
                return Match.UNDECIDED;
            }
            Match one = parts[i].matches(arn, start, end, keys);
            if (one == Match.NO) {
                return Match.NO;
            }
            all = one == Match.UNDECIDED ? one : all;
            start = end + 1;
        }
        return all;
    }
}
