package dev.gatehouse.controlplane.store;

import java.util.function.Function;

/**
 * The one home of what was declared through the control plane. Thread-safe; several processes may share what is behind it.
 *
 * <p>Changes of all processes happen as if one after the other, each seeing what those before it left. Reads see one of these
 * moments and wait for nobody. {@code DefinitionStoreContract} holds every implementation to this.
 */
public interface DefinitionStore {

    /** @param work reads and has no other effect: it may run more than once */
    <T> T read(Function<? super Reading, T> work);

    /**
     * Changes entries. When it returns, the changes are durable and visible to every later read; when {@code work} throws, what
     * it throws comes out, and nothing has changed.
     *
     * @param work has no effect beside its changes: it may run more than once
     * @throws StoreConflictException where others were in the way too often
     * @throws IllegalStateException where {@code work} itself reads or writes this store other than through what it was given
     */
    <T> T write(Function<? super Writing, T> work);

    /** @return grows with every write, of any process, that changed something: who polls it knows when to read again */
    long revision();
}
