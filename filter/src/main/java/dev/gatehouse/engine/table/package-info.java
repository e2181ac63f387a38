/**
 * Very many small things in little memory.
 *
 * <p>In: things, and how each tells its key. Out: the thing of a key. May import: nothing of ours. Must not know: what the things
 * are.
 */
package dev.gatehouse.engine.table;
