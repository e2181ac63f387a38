package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.DocumentationPart;
import dev.gatehouse.definition.DocumentationVersion;
import java.util.List;
import java.util.Optional;

/** A documentation version in the store, with the parts as they were. */
record DocumentationRelease(DocumentationVersion version, List<DocumentationPart> parts) {

    static final String KIND = "documentationversion";

    DocumentationRelease {
        // what is empty is not in the store
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** @param version may be null, which finds none */
    static Optional<DocumentationRelease> find(Reading reading, String apiId, String version) {
        return version == null
                ? Optional.empty()
                : reading.get(new Key(KIND, apiId, version)).map(DocumentationRelease::of);
    }

    static DocumentationRelease of(Entry entry) {
        return Documents.read(entry.json(), DocumentationRelease.class);
    }

    void put(Writing writing, String apiId) {
        writing.put(new Key(KIND, apiId, version.version()), Documents.text(this));
    }
}
