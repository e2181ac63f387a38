package dev.gatehouse.configuration;

import dev.gatehouse.definition.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found wrong so far. */
final class Problems {

    /** A file of garbage would otherwise be answered by a report many times its size. */
    static final int LIMIT = 100;

    private record At(Place place, String message) {}

    private final List<At> found = new ArrayList<>();
    private int beyond;

    void add(Place place, String message) {
        if (found.size() < LIMIT) {
            found.add(new At(place, message));
        } else {
            beyond++;
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them in the order of the file. */
    List<Problem> inOrder() {
        List<At> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((At at) -> at.place().line())
                .thenComparingInt(at -> at.place().column()));
        List<Problem> problems = new ArrayList<>();
        sorted.forEach(at -> problems.add(at.place().problem(at.message())));
        if (beyond > 0) {
            problems.add(Problem.error(sorted.get(0).place().file(), "", "and " + beyond + " more problems"));
        }
        return problems;
    }
}
