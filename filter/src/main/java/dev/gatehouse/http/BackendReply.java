package dev.gatehouse.http;

/**
 * What a backend answered, whole.
 *
 * @param status as sent
 * @param headers as sent
 * @param body empty where there is none; never null
 */
public record BackendReply(int status, Headers headers, byte[] body) {}
