package dev.gatehouse.dataplane.flow;

import dev.gatehouse.engine.json.JsonObject;
import dev.gatehouse.engine.json.JsonText;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code statusCode} in what a mock's request template rendered. Amazon reads it leniently: quotes may be missing or
 * single, commas too many, and what follows the number hardly matters, but braces must close and the number be an integer.
 */
final class MockStatus {

    private static final Pattern LENIENT =
            Pattern.compile("[{,]\\s*+(?:\"statusCode\"|'statusCode'|statusCode)\\s*+:\\s*+(-?\\d{1,9})\\s*+[,}]");

    private MockStatus() {}

    static OptionalInt parse(JsonText rendered) {
        if (rendered.isJson()) {
            return rendered.tree() instanceof JsonObject object && object.get("statusCode") instanceof Integer status
                    ? OptionalInt.of(status)
                    : OptionalInt.empty();
        }
        String text = rendered.text().trim();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return OptionalInt.empty();
        }
        Matcher matcher = LENIENT.matcher(text);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
