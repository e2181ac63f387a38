package dev.gatehouse.definition;

/** The kind of entity that a documentation part describes. */
public enum DocumentationPartType {
    API,
    AUTHORIZER,
    MODEL,
    RESOURCE,
    METHOD,
    PATH_PARAMETER,
    QUERY_PARAMETER,
    REQUEST_HEADER,
    REQUEST_BODY,
    RESPONSE,
    RESPONSE_HEADER,
    RESPONSE_BODY
}
