package dev.gatehouse.engine.aws;

/**
 * Where a service takes calls, and what they are signed for.
 *
 * @param url without a slash at the end; a path in it goes before that of the call
 * @param region of the signature, such as {@code eu-central-1}
 * @param signingName of the signature, such as {@code dynamodb}; mostly the name in host names
 */
public record ServiceEndpoint(String url, String region, String signingName) {}
