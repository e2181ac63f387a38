package dev.gatehouse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sample under test has written for its owner: names and values that a shell would export. */
record KeysFile(Map<String, String> values) {

    private static final Pattern EXPORT = Pattern.compile("(\\w+)='([^']*)'");

    static KeysFile read() throws IOException {
        Map<String, String> values = new TreeMap<>();
        Matcher found = EXPORT.matcher(Files.readString(Path.of(System.getProperty("it.keys"))));
        while (found.find()) {
            values.put(found.group(1), found.group(2));
        }
        return new KeysFile(values);
    }

    String value(String name) {
        return values.get(name);
    }
}
