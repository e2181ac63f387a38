package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.pattern.LookBudget;
import java.util.List;

/** A model, ready to check documents. Thread-safe. */
public final class JsonSchema {

    private final Schema root;

    JsonSchema(Schema root) {
        this.root = root;
    }

    /**
     * What is wrong with a document, in the words of the validator that API Gateway uses (recorded), such as {@code object has
     * missing required properties (["price"])}.
     *
     * @param tree what {@link dev.gatehouse.engine.json.Json#parse} made; null is JSON null
     * @return at most 100; empty where nothing is wrong. A document that would cost too much to check is wrong
     */
    public List<String> violations(Object tree) {
        Check check = new Check();
        try {
            boolean right = root.check(tree, check);
            return right ? List.of() : List.copyOf(check.violations());
        } catch (Check.SpentException | LookBudget.SpentException e) {
            return List.of(e.getMessage());
        } catch (StackOverflowError e) {
            return List.of("the body is nested too deeply to be checked");
        }
    }
}
