package dev.gatehouse.engine.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with {@code *} for any characters and {@code ?} for one. Each piece between two stars is looked for once, from left to
 * right, and never looked for again, so that no text makes it try combinations; a piece without question marks is found in
 * linear time (Knuth, Morris and Pratt). Immutable and thread-safe.
 */
final class Glob {

    /** At least one; the first must stand at the beginning, the last at the end. */
    private final Piece[] pieces;

    private final int length;

    private Glob(List<Piece> pieces) {
        this.pieces = pieces.toArray(Piece[]::new);
        this.length = pieces.stream().mapToInt(piece -> piece.chars.length).sum();
    }

    boolean matches(String text) {
        return matches(text, 0, text.length());
    }

    /** Whether that part of the text matches. */
    boolean matches(String text, int from, int to) {
        if (to - from < length) {
            return false;
        }
        Piece first = pieces[0];
        if (pieces.length == 1) {
            return to - from == length && first.isWhole(text, from);
        }
        Piece last = pieces[pieces.length - 1];
        int end = to - last.chars.length;
        if (!first.isAt(text, from) || !last.isAt(text, end)) {
            return false;
        }
        int at = from + first.chars.length;
        for (int i = 1; i < pieces.length - 1; i++) {
            at = pieces[i].endIn(text, at, end);
            if (at < 0) {
                return false;
            }
        }
        return at <= end;
    }

    /** Collects a pattern from left to right; not thread-safe. */
    static final class Builder {

        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder chars = new StringBuilder();
        private final StringBuilder wild = new StringBuilder();

        /** Characters that stand for themselves, whatever they are. */
        Builder literal(String text) {
            chars.append(text);
            wild.append(" ".repeat(text.length()));
            return this;
        }

        Builder anyOne() {
            chars.append('?');
            wild.append('?');
            return this;
        }

        Builder anyMany() {
            pieces.add(piece());
            return this;
        }

        Glob build() {
            pieces.add(piece());
            // two stars are one; the empty pieces at the ends say that the pattern begins or ends with a star
            for (int i = pieces.size() - 2; i > 0; i--) {
                if (pieces.get(i).chars.length == 0) {
                    pieces.remove(i);
                }
            }
            return new Glob(pieces);
        }

        private Piece piece() {
            Piece piece = new Piece(chars.toString().toCharArray(), wild.toString());
            chars.setLength(0);
            wild.setLength(0);
            return piece;
        }
    }

    private static final class Piece {

        private static final int SHORT = 32;

        private final char[] chars;
        private final String plain;

        /** Which characters are question marks; null where none is. */
        private final boolean[] wild;

        /** How much of the piece may still be right after a character was not; null where there are question marks. */
        private final int[] fallback;

        Piece(char[] chars, String marks) {
            this.chars = chars;
            this.plain = new String(chars);
            if (marks.indexOf('?') < 0) {
                wild = null;
                fallback = fallback(chars);
            } else {
                wild = new boolean[chars.length];
                for (int i = 0; i < wild.length; i++) {
                    wild[i] = marks.charAt(i) == '?';
                }
                fallback = null;
            }
        }

        private static int[] fallback(char[] chars) {
            int[] fallback = new int[chars.length];
            int matched = 0;
            for (int i = 1; i < chars.length; i++) {
                while (matched > 0 && chars[i] != chars[matched]) {
                    matched = fallback[matched - 1];
                }
                if (chars[i] == chars[matched]) {
                    matched++;
                }
                fallback[i] = matched;
            }
            return fallback;
        }

        /** As {@link #isAt}, of a text that is as long as the piece from there on; whole texts are compared at once. */
        boolean isWhole(String text, int at) {
            return at == 0 && wild == null && text.length() == chars.length ? text.equals(plain) : isAt(text, at);
        }

        boolean isAt(String text, int at) {
            if (wild == null) {
                return text.startsWith(plain, at);
            }
            for (int i = 0; i < chars.length; i++) {
                if (text.charAt(at + i) != chars[i] && !wild[i]) {
                    return false;
                }
            }
            return true;
        }

        /** @return behind the leftmost place where the piece stands, or -1 */
        int endIn(String text, int from, int to) {
            if (wild != null) {
                return endOfWild(text, from, to);
            }
            return chars.length <= SHORT ? endOfShort(text, from, to) : endOfPlain(text, from, to);
        }

        /** The platform's search is the fastest by far for what is short, and looks at no character more often than that. */
        private int endOfShort(String text, int from, int to) {
            int start = text.indexOf(plain, from);
            return start < 0 || start + chars.length > to ? -1 : start + chars.length;
        }

        private int endOfPlain(String text, int from, int to) {
            int matched = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                while (matched > 0 && c != chars[matched]) {
                    matched = fallback[matched - 1];
                }
                if (c == chars[matched]) {
                    matched++;
                }
                if (matched == chars.length) {
                    return i + 1;
                }
            }
            return -1;
        }

        private int endOfWild(String text, int from, int to) {
            for (int i = from; i <= to - chars.length; i++) {
                if (isAt(text, i)) {
                    return i + chars.length;
                }
            }
            return -1;
        }
    }
}
