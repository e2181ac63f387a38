package dev.gatehouse.paths;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The targets of {@code paths/targets.txt}, whose head tells how a line is written. */
final class PathTargets {

    private static final Pattern REPEATED = Pattern.compile("\\{([^{}]+)\\*(\\d+)\\}");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    private PathTargets() {}

    /**
     * @param line as it stands in the file
     * @param bytes what is sent, one character a byte
     */
    record Target(String line, String bytes) {}

    static List<Target> of(String contextPath) {
        try (InputStream file = PathTargets.class.getResourceAsStream("/paths/targets.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# ") && !line.equals("#"))
                    .map(line -> new Target(line, bytes(line, contextPath)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bytes(String line, String contextPath) {
        String placed = line.startsWith("/") ? contextPath + line : line;
        String repeated = REPEATED.matcher(
                        placed.replaceFirst("^\\{root\\}", "").replace("{ctx}", contextPath))
                .replaceAll(match -> literal(match.group(1).repeat(Integer.parseInt(match.group(2)))));
        return BYTE.matcher(repeated).replaceAll(PathTargets::oneByte);
    }

    private static String oneByte(MatchResult escape) {
        return literal(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
    }

    private static String literal(String text) {
        return java.util.regex.Matcher.quoteReplacement(text);
    }
}
