package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.CompiledStage;
import dev.gatehouse.definition.Problem;
import java.util.List;
import java.util.function.Function;

/** What compiling a stage comes to. */
public sealed interface Compilation {

    record Compiled(CompiledStage stage) implements Compilation {}

    /** @param problems all there are, never empty */
    record Refused(List<Problem> problems) implements Compilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    default <R> R fold(Function<CompiledStage, R> compiled, Function<List<Problem>, R> refused) {
        if (this instanceof Compiled right) {
            return compiled.apply(right.stage());
        }
        return refused.apply(((Refused) this).problems());
    }
}
