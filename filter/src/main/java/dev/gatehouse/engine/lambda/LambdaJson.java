package dev.gatehouse.engine.lambda;

import com.fasterxml.jackson.core.JsonFactory;

/** How JSON of functions, and of whoever stands for Lambda, is read. */
public final class LambdaJson {

    /** Names of members may be a caller's, and of any kind: they are kept neither for later documents, nor by the JVM. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private LambdaJson() {}
}
