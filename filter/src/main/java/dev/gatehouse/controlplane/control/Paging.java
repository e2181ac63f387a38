package dev.gatehouse.controlplane.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * Which page a list operation is asked for. A wrong limit is no error (recorded for GetApiKeys); pages have 25 entries unless
 * asked for otherwise, and never more than 500 (API Gateway API reference).
 *
 * @param after what {@link #position} was made of for the page before; null for the first page
 * @param limit 0 to 500
 */
record Paging(String after, int limit) {

    private static final int USUAL = 25;
    static final int MOST = 500;

    static Paging of(Target target) {
        String position = target.first("position");
        return new Paging(
                position == null || position.isEmpty() ? null : decode(position), limit(target.first("limit")));
    }

    private static int limit(String text) {
        if (text == null) {
            return USUAL;
        }
        try {
            return (int) Math.max(0, Math.min(MOST, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }

    OptionalLong afterSequence() {
        if (after == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(after));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    /** What a caller gets and brings back. */
    static String position(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String position) {
        try {
            return new String(Base64.getUrlDecoder().decode(position), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static ControlError invalid() {
        return ControlError.badRequest("Invalid position parameter specified");
    }
}
