package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Map;

/** How OpenAPI Generator makes one type of SDK. Without state and thread-safe. */
interface Recipe {

    /** Amazon's name of the type. */
    String id();

    String friendlyName();

    String description();

    List<SdkParameter> parameters();

    /** What OpenAPI Generator calls the language. */
    String generator();

    /**
     * Name of the service in the generated code.
     *
     * @param title an identifier made of the name of the API
     */
    String service(SdkParameters parameters, String title);

    /** Settings of the generator. No value is a caller's own word, but for those that their patterns have let through. */
    Map<String, Object> options(SdkParameters parameters, String service);

    /**
     * Whether a generated file is not delivered.
     *
     * @param file relative, with slashes
     */
    default boolean drops(SdkParameters parameters, String file) {
        return false;
    }

    /** A generated file as it is delivered. */
    default String edited(String file, String text) {
        return text;
    }

    /** Files of ours, which replace generated ones of the same path: relative path to text. */
    default Map<String, String> additions(SdkParameters parameters, String service, ClientDocument document) {
        return Map.of();
    }
}
