package dev.gatehouse.definition;

/** What a private custom domain name is associated with: a VPC endpoint. */
public enum AccessAssociationSourceType {
    VPCE
}
