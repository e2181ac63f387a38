package dev.gatehouse.definition;

/** What decides, for a custom domain name, which API a call goes to. */
public enum RoutingMode {
    BASE_PATH_MAPPING_ONLY,
    ROUTING_RULE_ONLY,
    ROUTING_RULE_THEN_BASE_PATH_MAPPING
}
