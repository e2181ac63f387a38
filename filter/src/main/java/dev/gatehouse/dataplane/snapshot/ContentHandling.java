package dev.gatehouse.dataplane.snapshot;

/** Amazon's {@code contentHandling}. */
public enum ContentHandling {
    CONVERT_TO_TEXT,
    CONVERT_TO_BINARY
}
