package dev.gatehouse.controlplane.sdk;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words of an API owner on their way into source code of several languages. What is left of them can end no comment and no string
 * in any: letters, digits, blanks and harmless punctuation.
 */
final class Text {

    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N} .,;:!?()_+=%&@/-]+");
    private static final Pattern NOT_A_WORD = Pattern.compile("[^A-Za-z0-9]+");
    private static final int LONGEST = 2000;

    private Text() {}

    /** @return one line of at most 2000 characters; empty for null */
    static String plain(String text) {
        if (text == null) {
            return "";
        }
        String safe = UNSAFE.matcher(text).replaceAll(" ").strip();
        int end = safe.offsetByCodePoints(0, Math.min(LONGEST, safe.codePointCount(0, safe.length())));
        return safe.substring(0, end);
    }

    /** The words of a text as one identifier, such as {@code PetsPetIdGet}; empty where it has none. */
    static String camel(String text) {
        StringBuilder camel = new StringBuilder();
        for (String word : NOT_A_WORD.split(text)) {
            if (!word.isEmpty()) {
                camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return camel.toString();
    }

    /** @return at least one character, letters and digits; {@code otherwise} where the text has none */
    static String identifier(String text, String otherwise) {
        String camel = camel(text);
        return camel.isEmpty() || !Character.isLetter(camel.charAt(0)) ? otherwise + camel : camel;
    }
}
