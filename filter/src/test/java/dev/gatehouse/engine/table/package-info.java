/** Limits: each bucket against a plain one, quotas against the calendar. */
package dev.gatehouse.engine.table;
