package dev.gatehouse.dataplane.snapshot;

import java.util.List;

/**
 * What a method's request validator looks at.
 *
 * @param requiredParameters in the order in which Amazon lists missing ones; empty where parameters are not validated
 * @param models which schema a body must satisfy; {@link BodyModels#NONE} where bodies are not validated
 */
public record RequestValidation(List<RequiredParameter> requiredParameters, BodyModels models) {

    public static final RequestValidation NONE = new RequestValidation(List.of(), BodyModels.NONE);

    /** Where a required parameter must be; in this order missing ones are reported. */
    public enum Location {
        HEADER,
        PATH,
        QUERYSTRING
    }

    public record RequiredParameter(Location location, String name) {}
}
