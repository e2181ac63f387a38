package dev.gatehouse.controlplane.openapi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Words for messages. */
final class Texts {

    private static final int LONGEST = 80;

    private Texts() {}

    /** Text of the document, short enough for a message. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** What the author may have meant, as the end of a sentence: a close word, or all words if they are few. */
    static String suggestion(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.length() <= LONGEST) {
            int tolerance = Math.max(2, lower.length() / 4);
            var closest = known.stream().sorted().min(Comparator.comparingInt(other -> distance(lower, other)));
            if (closest.isPresent() && distance(lower, closest.get()) <= tolerance) {
                return "; did you mean '" + closest.get() + "'?";
            }
        }
        return known.isEmpty() || known.size() > 24
                ? ""
                : "; known are " + String.join(", ", known.stream().sorted().toList());
    }

    /** Levenshtein's distance without case. */
    private static int distance(String lower, String other) {
        String right = other.toLowerCase(Locale.ROOT);
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= lower.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = previous[j - 1] + (lower.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[right.length()];
    }
}
