package dev.gatehouse.engine.template;

import java.io.Writer;

/** Collects the result, up to its limit. */
final class Output extends Writer {

    private final StringBuilder text;
    private final Budget budget;

    Output(int expected, Budget budget) {
        this.text = new StringBuilder(expected);
        this.budget = budget;
    }

    @Override
    public void write(String piece) {
        room(piece.length());
        text.append(piece);
    }

    @Override
    public void write(String piece, int offset, int length) {
        room(length);
        text.append(piece, offset, offset + length);
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        room(length);
        text.append(characters, offset, length);
    }

    private void room(int length) {
        budget.tick();
        budget.requireSize((long) text.length() + length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
