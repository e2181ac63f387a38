package dev.gatehouse.controlplane.sdk;

/** A client, or why there is none. */
public sealed interface SdkResult {

    /** @param fileName of the zip, such as {@code java_2026-01-01_00-00Z.zip} */
    record Generated(byte[] zip, String fileName) implements SdkResult {}

    /** @param reason for the caller */
    record Refused(String reason) implements SdkResult {}

    /** Another one is being made; later there may be room. */
    record Busy() implements SdkResult {}
}
