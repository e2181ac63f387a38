package dev.gatehouse.compile;

import dev.gatehouse.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where in a document the compiler stands; problems are noted with their place and compiling goes on. The pointers are those of
 * the OpenAPI document that the definition came from.
 */
record Place(String document, String pointer, List<Problem> problems) {

    static Place root(String document) {
        return new Place(document, "", new ArrayList<>());
    }

    /** The document itself. */
    Place root() {
        return new Place(document, "", problems);
    }

    Place at(String key) {
        return new Place(document, pointer + '/' + key.replace("~", "~0").replace("/", "~1"), problems);
    }

    /** @param inner a JSON pointer, empty for this very place */
    Place below(String inner) {
        return new Place(document, pointer + inner, problems);
    }

    void problem(String message) {
        problems.add(Problem.error(document, pointer, message));
    }

    /** For what Amazon has and Gatehouse does not enforce: accepting it would be pretending. */
    void unsupported(boolean present, String field) {
        if (present) {
            at(field)
                    .problem(field
                            + " is not supported by this version of Gatehouse, so it is refused rather than ignored");
        }
    }

    /** Notes what a parser throws, and goes on with {@code otherwise}. */
    <T> T parsed(Supplier<T> parser, T otherwise) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            problem(e.getMessage());
            return otherwise;
        }
    }
}
