package dev.gatehouse.configuration;

import dev.gatehouse.definition.Problem;
import java.util.List;
import java.util.function.Function;

/** What reading a configuration file comes to. */
public sealed interface ReadResult {

    /** The file is right. */
    record Read(GatehouseConfiguration configuration) implements ReadResult {}

    /**
     * The file is wrong.
     *
     * @param problems all that is wrong with it, in the order of the file; each names as its document the file with line and
     *     column, {@code gatehouse.yaml:12:7}, and the place in the tree as its pointer
     */
    record Rejected(List<Problem> problems) implements ReadResult {

        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    default <R> R fold(Function<GatehouseConfiguration, R> read, Function<List<Problem>, R> rejected) {
        if (this instanceof Read right) {
            return read.apply(right.configuration());
        }
        return rejected.apply(((Rejected) this).problems());
    }
}
