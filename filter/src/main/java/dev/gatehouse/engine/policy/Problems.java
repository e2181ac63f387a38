package dev.gatehouse.engine.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. A text of a thousand mistakes needs no thousand messages. */
final class Problems {

    private static final int MOST = 100;

    private final List<PolicyProblem> all = new ArrayList<>();

    void add(String pointer, String message) {
        if (all.size() < MOST) {
            all.add(new PolicyProblem(pointer, message));
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<PolicyProblem> all() {
        return all;
    }

    /** A step further down. */
    static String at(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String at(String pointer, int index) {
        return pointer + "/" + index;
    }
}
