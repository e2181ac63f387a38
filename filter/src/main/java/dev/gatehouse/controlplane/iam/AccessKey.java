package dev.gatehouse.controlplane.iam;

/**
 * An access key of a user, as it is kept. Its text form shows no secret.
 *
 * @param secret 40 characters
 * @param active whether it opens anything
 * @param created in seconds since 1970
 */
record AccessKey(String id, String secret, boolean active, long created) {

    static final String ACTIVE = "Active";
    static final String INACTIVE = "Inactive";

    AccessKey activated(boolean now) {
        return new AccessKey(id, secret, now, created);
    }

    String status() {
        return active ? ACTIVE : INACTIVE;
    }

    @Override
    public String toString() {
        return "AccessKey[" + id + ", " + status() + "]";
    }
}
