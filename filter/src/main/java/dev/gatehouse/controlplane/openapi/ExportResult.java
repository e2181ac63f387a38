package dev.gatehouse.controlplane.openapi;

import java.util.function.Function;

/** A document, or why there is none. */
public sealed interface ExportResult {

    /**
     * @param text UTF-8
     * @param fileName as GetExport names the attachment, such as {@code oas30_1.0.json}
     */
    record Written(byte[] text, String fileName) implements ExportResult {}

    /** @param reason for the caller */
    record Refused(String reason) implements ExportResult {}

    default <R> R fold(Function<? super Written, ? extends R> written, Function<? super Refused, ? extends R> refused) {
        return this instanceof Written passed ? written.apply(passed) : refused.apply((Refused) this);
    }
}
