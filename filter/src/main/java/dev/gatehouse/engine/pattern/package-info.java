/**
 * Regular expressions on texts that strangers write.
 *
 * <p>In: an expression of Java's or JavaScript's language; later texts. Out: whether they match, decided or given up in bounded
 * time. May import: nothing of ours. Must not know: what is matched, or why.
 */
package dev.gatehouse.engine.pattern;
