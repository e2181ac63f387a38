package dev.gatehouse.dataplane.flow;

/** Whether a name and a value make one header line, and not two. */
final class HeaderLine {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderLine() {}

    static boolean valid(String name, String value) {
        return !name.isEmpty()
                && name.chars().allMatch(HeaderLine::isToken)
                && value.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
    }

    /** For logs: a name that breaks lines must not break theirs. */
    static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean isToken(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }
}
