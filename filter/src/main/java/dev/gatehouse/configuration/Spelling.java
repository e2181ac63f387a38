package dev.gatehouse.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of the known names somebody may have meant. */
final class Spelling {

    private Spelling() {}

    /** @return the nearest name, if it is near: about one slip in three letters, or one begins with the other, in any case */
    static Optional<String> nearest(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(written, name) <= Math.max(1, name.length() / 3) || beginsAlike(written, name))
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    static String suggestion(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("");
    }

    private static boolean beginsAlike(String a, String b) {
        int common = Math.min(a.length(), b.length());
        return common >= 4 && a.regionMatches(true, 0, b, 0, common);
    }

    /** Letters left out, put in, exchanged, or swapped with their neighbour. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > 20) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
