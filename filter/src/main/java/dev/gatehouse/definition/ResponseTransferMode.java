package dev.gatehouse.definition;

/** Whether an answer is collected first or passed on as it comes. */
public enum ResponseTransferMode {
    BUFFERED,
    STREAM
}
