package dev.gatehouse.engine.token;

import dev.gatehouse.engine.json.JsonObject;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;

/**
 * What a token says, as its JSON has it: each name once, in the order of the text. Whoever has one of these from a {@link
 * TokenVerification} may believe it. Immutable and thread-safe.
 */
public final class Claims {

    /** NumericDate is seconds; the year 275760, far from any overflow, is where JavaScript's dates end. */
    private static final BigDecimal LATEST = BigDecimal.valueOf(8_640_000_000_000L);

    private final Map<String, Object> members;

    Claims(JsonObject members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** All of them; values as {@link dev.gatehouse.engine.json.Json} makes them. */
    public Map<String, Object> asMap() {
        return members;
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** @return null where the claim is absent or no text */
    public String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /** @return epoch seconds, maybe with a fraction; null where the claim is absent or no date: text, negative, out of range */
    BigDecimal date(String name) {
        if (members.get(name) instanceof Number number) {
            BigDecimal seconds = number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
            return seconds.signum() >= 0 && seconds.compareTo(LATEST) <= 0 ? seconds : null;
        }
        return null;
    }
}
