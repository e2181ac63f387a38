package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.http.Headers;
import java.util.Locale;
import java.util.Set;

/** Headers that end at the gateway: neither mappings nor backends see them (recorded). */
final class EntryHeaders {

    private static final Set<String> DROPPED = Set.of(
            "connection",
            "content-length",
            "content-md5",
            "expect",
            "max-forwards",
            "proxy-authenticate",
            "server",
            "te",
            "transfer-encoding",
            "trailer",
            "upgrade",
            "www-authenticate",
            // ours: whoever learns of it may ask for the same trace again
            TraceDemands.HEADER);

    private EntryHeaders() {}

    static Headers visible(Headers received) {
        return received.where((name, value) -> !DROPPED.contains(name.toLowerCase(Locale.ROOT)));
    }
}
