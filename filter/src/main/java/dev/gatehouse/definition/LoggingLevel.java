package dev.gatehouse.definition;

/** How much of a call the execution log of a stage tells. */
public enum LoggingLevel {
    OFF,
    ERROR,
    INFO
}
