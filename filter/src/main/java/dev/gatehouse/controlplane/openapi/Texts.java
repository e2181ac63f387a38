package dev.gatehouse.controlplane.openapi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Words for messages. */
final class Texts {

    private static final int LONGEST = 80;
    private static final int MOST_LISTED = 24;

    /** Beyond this a guess costs more than it helps. */
    private static final int MOST_KNOWN = 200;

    private Texts() {}

    /** Text of the document, short enough for a message. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** What the author may have meant, as the end of a sentence: a close word, or all words if they are few. */
    static String suggestion(String word, Collection<String> known) {
        if (known.size() > MOST_KNOWN) {
            return "";
        }
        String lower = word.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(2, lower.length() / 4);
        var closest = known.stream()
                .filter(other -> lower.length() <= LONGEST && Math.abs(other.length() - lower.length()) <= tolerance)
                .sorted()
                .min(Comparator.comparingInt(other -> distance(lower, other)))
                .filter(other -> distance(lower, other) <= tolerance);
        if (closest.isPresent()) {
            return "; did you mean '" + closest.get() + "'?";
        }
        List<String> listed = known.stream().sorted().toList();
        String list = String.join(", ", listed);
        return listed.isEmpty() || listed.size() > MOST_LISTED || list.length() > 8 * LONGEST
                ? ""
                : "; known are " + list;
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
