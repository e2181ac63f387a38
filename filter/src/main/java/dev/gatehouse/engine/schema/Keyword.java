package dev.gatehouse.engine.schema;

import java.util.Set;

/** One demand of a schema. Thread-safe. */
interface Keyword {

    /** Whom it is about; others satisfy it. */
    Set<JsonType> types();

    boolean holds(Object value, Check check);

    /** What to say where it does not hold; null where the check has been told already. Finding out may cost what checking costs. */
    String violation(Object value, Check check);
}
