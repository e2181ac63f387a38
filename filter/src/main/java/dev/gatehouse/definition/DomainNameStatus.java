package dev.gatehouse.definition;

/** Where a custom domain name is in its life. */
public enum DomainNameStatus {
    AVAILABLE,
    UPDATING,
    PENDING,
    PENDING_CERTIFICATE_REIMPORT,
    PENDING_OWNERSHIP_VERIFICATION,
    FAILED
}
