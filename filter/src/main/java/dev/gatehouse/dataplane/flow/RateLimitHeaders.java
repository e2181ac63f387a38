package dev.gatehouse.dataplane.flow;

import dev.gatehouse.http.ClientUsage;
import dev.gatehouse.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a client stands, for the client: the fields of the IETF's draft "RateLimit header fields for HTTP". */
final class RateLimitHeaders {

    private RateLimitHeaders() {}

    static void add(ClientUsage usage, Instant now, Headers.Builder headers) {
        List<String> policies = new ArrayList<>(2);
        List<String> states = new ArrayList<>(2);
        if (usage.rateLimit() != null) {
            String window = usage.rateLimit() > 0
                    ? ";w=" + (long) Math.max(1, Math.min(1e15, Math.ceil(usage.burstLimit() / usage.rateLimit())))
                    : "";
            policies.add("\"throttle\";q=" + usage.burstLimit() + window);
            states.add("\"throttle\";r=" + usage.burstRemaining());
        }
        if (usage.quotaLimit() != null) {
            long seconds = Math.max(0, Duration.between(now, usage.quotaEnds()).toSeconds());
            policies.add("\"quota\";q=" + usage.quotaLimit());
            states.add("\"quota\";r=" + usage.quotaRemaining() + ";t=" + seconds);
        }
        if (!policies.isEmpty()) {
            headers.set("RateLimit-Policy", String.join(", ", policies)).set("RateLimit", String.join(", ", states));
        }
    }
}
