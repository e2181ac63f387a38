package dev.gatehouse.http;

import java.net.URI;
import java.time.Duration;

/**
 * A call to a backend, complete as it goes out.
 *
 * @param method the verb
 * @param uri absolute; for the application behind the filter scheme {@code servlet}, path and query within the context
 * @param headers as sent, without {@code Host} and {@code Content-Length}, which follow from uri and body
 * @param body empty where there is none; never null
 * @param timeout until the whole answer must be there
 */
public record BackendRequest(String method, URI uri, Headers headers, byte[] body, Duration timeout) {}
