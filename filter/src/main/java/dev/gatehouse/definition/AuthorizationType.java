package dev.gatehouse.definition;

/** Who may call a method. {@code CUSTOM} stands for both kinds of Lambda authorizer. */
public enum AuthorizationType {
    NONE,
    AWS_IAM,
    CUSTOM,
    COGNITO_USER_POOLS
}
