package dev.gatehouse.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Headers;
import java.util.ArrayList;
import java.util.List;

/** {@code Name: value} lines of case files. */
final class HeaderLines {

    private HeaderLines() {}

    static Headers parse(List<String> lines) {
        Headers.Builder headers = Headers.builder();
        for (String line : lines == null ? List.<String>of() : lines) {
            headers.add(name(line), value(line));
        }
        return headers.build();
    }

    static void check(Headers actual, List<String> present, List<String> absent, boolean only) {
        Headers expected = parse(present);
        List<String> named = new ArrayList<>();
        expected.forEach((name, value) -> named.add(name));
        expected.toMultiMap().forEach((name, lines) -> {
            List<String> values = actual.all(name);
            assertThat(values).as("header %s among %s", name, actual).hasSameSizeAs(lines);
            for (int i = 0; i < lines.size(); i++) {
                checkValue(name, values.get(i), lines.get(i));
            }
        });
        for (String name : absent == null ? List.<String>of() : absent) {
            assertThat(actual.all(name)).as("header %s", name).isEmpty();
        }
        if (only) {
            List<String> names = new ArrayList<>();
            actual.forEach((name, value) -> names.add(name));
            assertThat(names)
                    .usingElementComparator(String::compareToIgnoreCase)
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    private static void checkValue(String name, String actual, String expected) {
        if (expected.length() > 1 && expected.startsWith("/") && expected.endsWith("/")) {
            assertThat(actual).as(name).matches(expected.substring(1, expected.length() - 1));
        } else {
            assertThat(actual).as(name).isEqualTo(expected);
        }
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':'));
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).trim();
    }
}
