package dev.gatehouse.definition;

/** What becomes of a payload on its way: Base64 text to bytes, or bytes to Base64 text. */
public enum ContentHandlingStrategy {
    CONVERT_TO_BINARY,
    CONVERT_TO_TEXT
}
