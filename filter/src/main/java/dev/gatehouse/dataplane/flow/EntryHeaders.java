package dev.gatehouse.dataplane.flow;

import dev.gatehouse.dataplane.observe.TraceDemands;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Headers;

/** Headers that end at the gateway: neither mappings nor backends see them (recorded). */
final class EntryHeaders {

    private static final HeaderNames DROPPED = HeaderNames.of(
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
        return received.where((name, value) -> !DROPPED.contains(name));
    }
}
