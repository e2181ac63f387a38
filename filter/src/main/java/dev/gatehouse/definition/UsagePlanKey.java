package dev.gatehouse.definition;

/**
 * A key as a member of a usage plan.
 *
 * @param type always {@code API_KEY}
 * @param value the secret; never part of {@link #toString}
 */
public record UsagePlanKey(String id, String type, String value, String name) {

    /** Without the secret: this text ends in logs. */
    @Override
    public String toString() {
        return "UsagePlanKey[id=" + id + ", type=" + type + ", name=" + name + "]";
    }
}
