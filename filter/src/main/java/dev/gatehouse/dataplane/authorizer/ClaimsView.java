package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.json.Json;
import dev.gatehouse.engine.token.Claims;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Claims as API Gateway shows them: every value a text, lists with commas, the dates {@code exp}, {@code iat} and {@code nbf} in
 * words (observed). A value is written when somebody asks for it. Thread-safe.
 */
final class ClaimsView extends AbstractMap<String, Object> {

    private static final Set<String> DATES = Set.of("exp", "iat", "nbf");
    private static final DateTimeFormatter IN_WORDS = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Object> claims;

    ClaimsView(Claims claims) {
        this.claims = claims.asMap();
    }

    @Override
    public Object get(Object name) {
        return claims.containsKey(name) ? shown((String) name, claims.get(name)) : null;
    }

    @Override
    public boolean containsKey(Object name) {
        return claims.containsKey(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        claims.forEach((name, value) -> all.put(name, shown(name, value)));
        return all.entrySet();
    }

    private static String shown(String name, Object value) {
        if (value instanceof Number seconds && DATES.contains(name)) {
            return IN_WORDS.format(Instant.ofEpochSecond(seconds.longValue()));
        }
        return shown(value);
    }

    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ClaimsView::shown).collect(Collectors.joining(","));
        }
        return value instanceof Map ? Json.write(value) : String.valueOf(value);
    }
}
