package dev.gatehouse.engine.pattern;

/** How many characters regular expressions may still look at. Not thread-safe. */
public final class LookBudget {

    private int left;

    /** @param looks 0 or more */
    public LookBudget(int looks) {
        this.left = looks;
    }

    void look() {
        if (--left < 0) {
            throw new SpentException();
        }
    }

    /** Nobody knows whether the text would have matched. */
    public static final class SpentException extends RuntimeException {
        SpentException() {
            super("a regular expression looks at the text too often", null, false, false);
        }
    }
}
