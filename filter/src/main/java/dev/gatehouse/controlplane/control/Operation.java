package dev.gatehouse.controlplane.control;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One operation of Amazon's service model, or below {@link #OWN} one of ours.
 *
 * @param name as in the service model
 * @param method verb
 * @param path with labels, such as {@code /restapis/{restapi_id}}
 * @param applies to tell operations of one path apart, by the query
 * @param success status of the answer
 * @param work what it does; throws {@link ControlError}
 */
record Operation(
        String name, String method, String path, Predicate<Target> applies, int success, Function<Call, Answer> work) {

    /** Where operations are that Amazon does not have. */
    static final String OWN = "/gatehouse";

    static Operation of(String name, String method, String path, int success, Function<Call, Answer> work) {
        return new Operation(name, method, path, target -> true, success, work);
    }

    /** The variant of an operation that {@code mode=import} asks for. It must be listed before the other one. */
    static Operation importing(String name, String method, String path, int success, Function<Call, Answer> work) {
        return new Operation(name, method, path, target -> target.has("mode", "import"), success, work);
    }
}
