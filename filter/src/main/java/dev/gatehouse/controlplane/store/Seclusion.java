package dev.gatehouse.controlplane.store;

import java.util.function.Supplier;

/**
 * Keeps a thread that is at work in a store from beginning other work in it: the inner work would wait for the outer, or miss
 * what the outer has written. Thread-safe; threads do not hinder each other.
 */
final class Seclusion {

    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();

    /** @throws IllegalStateException if this thread is at work already */
    <T> T of(Supplier<T> work) {
        if (busy.get() != null) {
            throw new IllegalStateException(
                    "the store is being used by this thread: read and write through what it gave");
        }
        busy.set(true);
        try {
            return work.get();
        } finally {
            busy.remove();
        }
    }
}
