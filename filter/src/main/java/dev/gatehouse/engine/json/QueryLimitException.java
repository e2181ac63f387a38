package dev.gatehouse.engine.json;

/** A JSONPath that would look at more of a document than {@link JsonQuery#MAX_STEPS}. */
public final class QueryLimitException extends RuntimeException {

    QueryLimitException(String path) {
        super("JSONPath " + path + " looks at more than " + JsonQuery.MAX_STEPS + " values");
    }
}
