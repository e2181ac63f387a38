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
        List<String> named = new ArrayList<>();
        for (String line : present == null ? List.<String>of() : present) {
            named.add(name(line));
            List<String> values = actual.all(name(line));
            assertThat(values).as("header %s among %s", name(line), actual).hasSize(1);
            String value = value(line);
            if (value.length() > 1 && value.startsWith("/") && value.endsWith("/")) {
                assertThat(values.get(0)).as(name(line)).matches(value.substring(1, value.length() - 1));
            } else {
                assertThat(values.get(0)).as(name(line)).isEqualTo(value);
            }
        }
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

    private static String name(String line) {
        return line.substring(0, line.indexOf(':'));
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).trim();
    }
}
