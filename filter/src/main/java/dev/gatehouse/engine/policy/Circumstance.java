package dev.gatehouse.engine.policy;

/** What must hold for a statement to apply. */
interface Circumstance {

    /** What it is about, in lower case. */
    String key();

    /** @param deny whether the statement denies: then what cannot be told must not let it slip */
    boolean holds(ConditionKeys keys, boolean deny);

    /**
     * The operator {@code Null}.
     *
     * @param key in lower case
     * @param whenAbsent whether it holds where the key is not there
     * @param whenPresent whether it holds where the key is there
     */
    record Presence(String key, boolean whenAbsent, boolean whenPresent) implements Circumstance {

        @Override
        public boolean holds(ConditionKeys keys, boolean deny) {
            return keys.of(key).isEmpty() ? whenAbsent : whenPresent;
        }
    }
}
