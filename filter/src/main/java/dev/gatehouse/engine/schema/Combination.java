package dev.gatehouse.engine.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** The keywords of draft 4 that hold a value against other schemas. */
enum Combination {
    ALL_OF,
    ANY_OF,
    ONE_OF,
    NOT;

    Keyword of(List<Schema> schemas) {
        return new Branches(this, schemas);
    }

    private record Branches(Combination kind, List<Schema> schemas) implements Keyword {

        @Override
        public Set<JsonType> types() {
            return JsonType.ALL;
        }

        @Override
        public boolean holds(Object value, Check check) {
            return switch (kind) {
                case ALL_OF -> matched(value, check, schemas.size(), true) == schemas.size();
                case ANY_OF -> matched(value, check, 1, false) == 1;
                case ONE_OF -> matched(value, check, 2, false) == 1;
                case NOT -> matched(value, check, 1, false) == 0;
            };
        }

        /** @return how many match, as far as one has to know */
        private int matched(Object value, Check check, int enough, boolean untilOneDoesNot) {
            int matched = 0;
            for (Schema schema : schemas) {
                if (check.silently(schema, value)) {
                    matched++;
                } else if (untilOneDoesNot) {
                    return matched;
                }
                if (matched == enough) {
                    return matched;
                }
            }
            return matched;
        }

        @Override
        public String violation(Object value, Check check) {
            int of = schemas.size();
            IntSupplier count = () -> matched(value, check, of + 1, false);
            return switch (kind) {
                case ALL_OF ->
                    "instance failed to match all required schemas (matched only " + count.getAsInt() + " out of " + of
                            + ")";
                case ANY_OF -> "instance failed to match at least one required schema among " + of;
                case ONE_OF ->
                    "instance failed to match exactly one schema (matched " + count.getAsInt() + " out of " + of + ")";
                case NOT -> "instance matched a schema which it should not have";
            };
        }
    }

    /** {@code dependencies} that name a schema: where the member is there, the object has to satisfy it, too. */
    record SchemaDependency(String member, Schema schema) implements Keyword {

        @Override
        public Set<JsonType> types() {
            return Set.of(JsonType.OBJECT);
        }

        @Override
        public boolean holds(Object value, Check check) {
            return !((Map<?, ?>) value).containsKey(member) || schema.check(value, check);
        }

        /** The schema has told what is wrong. */
        @Override
        public String violation(Object value, Check check) {
            return null;
        }
    }
}
