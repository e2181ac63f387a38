package dev.gatehouse.definition;

/** Where a VPC link is in its life. */
public enum VpcLinkStatus {
    AVAILABLE,
    PENDING,
    DELETING,
    FAILED
}
