package dev.gatehouse.controlplane.store;

class InMemoryStoreTest extends DefinitionStoreContract {

    private final DefinitionStore store = new InMemoryStore();

    @Override
    protected DefinitionStore store() {
        return store;
    }
}
