package dev.gatehouse.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What may stand at one place of the file. {@link FileShape} puts these together into the one table of all keys; the reader
 * checks files against it, and the tests hold the published JSON Schema and the reference against it.
 */
sealed interface Shape {

    /** What belongs here, as an error tells it: "expected ...". */
    String expected();

    /**
     * @param pattern what the whole text must match; null where any text will do
     * @param minLength in characters, as {@code maxLength}
     * @param says the rule in words
     * @param fault finer than a pattern: what is wrong with a text, if anything
     */
    record Text(Pattern pattern, int minLength, int maxLength, String says, Function<String, Optional<String>> fault)
            implements Shape {

        static Text any(int maxLength) {
            return new Text(
                    null, 0, maxLength, "text of at most " + maxLength + " characters", none -> Optional.empty());
        }

        static Text of(Pattern pattern, int maxLength, String says) {
            return new Text(pattern, 1, maxLength, says, none -> Optional.empty());
        }

        Text unless(Function<String, Optional<String>> finer) {
            return new Text(pattern, minLength, maxLength, says, finer);
        }

        @Override
        public String expected() {
            return says;
        }
    }

    /**
     * A text that differs from one environment to the next, so that the file may say where it lies.
     *
     * @param reference the mapping that says where
     */
    record Referable(Text text, Keys reference) implements Shape {

        @Override
        public String expected() {
            return text.says() + ", or where it lies";
        }
    }

    record Choice(List<String> values) implements Shape {

        static Choice of(Enum<?>... constants) {
            return new Choice(List.of(constants).stream().map(Enum::name).toList());
        }

        /** Constants whose names are written in lower case, as Amazon does in this place. */
        static Choice lower(Enum<?>... constants) {
            return new Choice(List.of(constants).stream()
                    .map(constant -> constant.name().toLowerCase(java.util.Locale.ROOT))
                    .toList());
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", values);
        }
    }

    record Whole(long min, long max) implements Shape {

        @Override
        public String expected() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** A number that may have decimals; both ends are whole, which is all that is needed here. */
    record Fraction(long min, long max) implements Shape {

        @Override
        public String expected() {
            return "a number from " + min + " to " + max;
        }
    }

    record Flag() implements Shape {

        @Override
        public String expected() {
            return "true or false";
        }
    }

    record Listing(Shape item, int minItems) implements Shape {

        @Override
        public String expected() {
            return "a list";
        }
    }

    /** A document of another language, written as a mapping: its own reader knows what belongs there. */
    record Document(String says) implements Shape {

        @Override
        public String expected() {
            return says;
        }
    }

    /** Names of the author's own, each with a value. */
    record Names(Text name, Shape value) implements Shape {

        @Override
        public String expected() {
            return "a mapping";
        }
    }

    /**
     * Fixed keys and nothing else.
     *
     * @param keys in the order of the reference
     * @param oneOf groups of keys of which exactly one must be there
     * @param onlyWith keys that make sense beside another one only
     * @param refused keys of Amazon's that have no meaning here, with the reason
     * @param insteadOfText what to say to somebody who wrote a plain value here; null where there is nothing to add
     */
    record Keys(
            List<Key> keys,
            List<List<String>> oneOf,
            Map<String, String> onlyWith,
            Map<String, String> refused,
            String insteadOfText)
            implements Shape {

        static Keys of(Key... keys) {
            return new Keys(List.of(keys), List.of(), Map.of(), Map.of(), null);
        }

        Keys exactlyOneOf(String first, String second, String... more) {
            List<String> group = new java.util.ArrayList<>(List.of(first, second));
            group.addAll(List.of(more));
            List<List<String>> groups = new java.util.ArrayList<>(oneOf);
            groups.add(List.copyOf(group));
            return new Keys(keys, List.copyOf(groups), onlyWith, refused, insteadOfText);
        }

        Keys onlyTogether(Map<String, String> keyAndOther) {
            return new Keys(keys, oneOf, keyAndOther, refused, insteadOfText);
        }

        Keys refusing(Map<String, String> keyAndReason) {
            return new Keys(keys, oneOf, onlyWith, keyAndReason, insteadOfText);
        }

        Keys insteadOfText(String advice) {
            return new Keys(keys, oneOf, onlyWith, refused, advice);
        }

        Optional<Key> key(String name) {
            return keys.stream().filter(key -> key.name().equals(name)).findFirst();
        }

        @Override
        public String expected() {
            return "a mapping";
        }
    }

    /**
     * One key of a mapping.
     *
     * @param standard the value that an absent key has, as it would be written; null where absent means absent
     * @param about what it does, one or two sentences for the reference
     */
    record Key(String name, Shape shape, boolean required, String standard, String about) {

        static Key required(String name, Shape shape, String about) {
            return new Key(name, shape, true, null, about);
        }

        static Key optional(String name, Shape shape, String about) {
            return new Key(name, shape, false, null, about);
        }

        static Key optional(String name, Shape shape, String standard, String about) {
            return new Key(name, shape, false, standard, about);
        }
    }
}
