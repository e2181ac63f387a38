package dev.gatehouse.http;

/**
 * What a backend answers, while it is still answering.
 *
 * @param status as sent
 * @param headers as sent
 * @param body to be taken to its end, or cancelled
 */
public record StreamedReply(int status, Headers headers, BodyStream body) {}
