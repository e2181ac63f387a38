package dev.gatehouse.configuration;

import dev.gatehouse.definition.Problem;
import org.yaml.snakeyaml.error.Mark;

/** Where something stands: for people the line and column, for programs the JSON pointer. Both count from 1. */
record Place(String file, int line, int column, String pointer) {

    static Place of(String file, Mark mark, String pointer) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1, pointer);
    }

    Problem problem(String message) {
        return Problem.error(file + ':' + line + ':' + column, pointer, message);
    }

    /** The pointer to something inside of this place. */
    String inside(String key) {
        return pointer + '/' + key.replace("~", "~0").replace("/", "~1");
    }
}
