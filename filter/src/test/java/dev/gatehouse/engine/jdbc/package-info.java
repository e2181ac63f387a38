/** Borrowed connections. */
package dev.gatehouse.engine.jdbc;
