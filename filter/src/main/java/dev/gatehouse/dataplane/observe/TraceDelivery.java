package dev.gatehouse.dataplane.observe;

import java.util.Locale;

/** Where the trace of a call goes. It is kept in any case. */
public enum TraceDelivery {
    /** Nowhere else: the answer is as ever, and a header names the trace. */
    KEEP,
    /** It is the answer, with the answer that the client would have got in it. */
    ANSWER;

    /** As a demand writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return null where it is none */
    static TraceDelivery of(String word) {
        for (TraceDelivery delivery : values()) {
            if (delivery.word().equals(word)) {
                return delivery;
            }
        }
        return null;
    }
}
