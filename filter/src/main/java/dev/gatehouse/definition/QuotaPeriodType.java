package dev.gatehouse.definition;

/** The calendar unit after which a quota starts anew. */
public enum QuotaPeriodType {
    DAY,
    WEEK,
    MONTH
}
