package dev.gatehouse.definition;

/** {@code TOKEN} and {@code REQUEST} ask a Lambda function, {@code COGNITO_USER_POOLS} verifies a user pool token. */
public enum AuthorizerType {
    TOKEN,
    REQUEST,
    COGNITO_USER_POOLS
}
