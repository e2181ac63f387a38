package dev.gatehouse.controlplane.openapi;

/**
 * Gives the parts of an imported API their ids. Importing over an existing API, it answers the id that a part of this kind and
 * name already has, and so keeps it.
 */
@FunctionalInterface
public interface IdSource {

    enum Kind {
        RESOURCE,
        MODEL,
        AUTHORIZER,
        REQUEST_VALIDATOR,
        DOCUMENTATION_PART
    }

    /**
     * Asked once for each part of a document.
     *
     * @param name the path of a resource, the name of a model, an authorizer or a request validator; for a documentation part
     *     its position in the document
     */
    String idFor(Kind kind, String name);
}
