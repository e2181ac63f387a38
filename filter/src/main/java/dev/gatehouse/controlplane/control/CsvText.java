package dev.gatehouse.controlplane.control;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as RFC 4180 has them, with either end of line. A value may also be enclosed in single quotes, as in the
 * developer guide (API key file format); a single quote that is not closed within its line is an ordinary character.
 */
final class CsvText {

    /** @param line on which the row begins, from 1 */
    record Row(int line, List<String> values) {}

    private final String text;
    private int at;
    private int line = 1;

    private CsvText(String text) {
        this.text = text;
    }

    /**
     * @return all rows but empty lines
     * @throws ControlError where a double quote is not closed, or followed by more than a comma
     */
    static List<Row> parse(String text) {
        CsvText csv = new CsvText(text.startsWith("\ufeff") ? text.substring(1) : text);
        List<Row> rows = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            Row row = csv.row();
            if (row.values().size() > 1 || !row.values().get(0).isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() {
        int first = line;
        List<String> values = new ArrayList<>();
        values.add(value());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            values.add(value());
        }
        endOfLine();
        return new Row(first, values);
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        if (at < text.length() && text.charAt(at) == '\'') {
            int close = closingQuote();
            if (close > 0) {
                String value = text.substring(at + 1, close);
                at = close + 1;
                return value;
            }
        }
        int start = at;
        while (at < text.length() && !isEnd(at)) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quoted() {
        int first = line;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                at++;
            } else if (c == '"') {
                at++;
                if (at < text.length() && !isEnd(at)) {
                    throw wrong(first, "has text behind a closing quote");
                }
                return value.toString();
            } else if (c == '\n') {
                line++;
            }
            value.append(c);
        }
        throw wrong(first, "has a quote that is not closed");
    }

    /** @return 0 where there is none on this line */
    private int closingQuote() {
        for (int i = at + 1; i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r'; i++) {
            if (text.charAt(i) == '\'' && (i + 1 == text.length() || isEnd(i + 1))) {
                return i;
            }
        }
        return 0;
    }

    private boolean isEnd(int index) {
        char c = text.charAt(index);
        return c == ',' || c == '\n' || c == '\r';
    }

    private void endOfLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
    }

    private static ControlError wrong(int line, String what) {
        return ControlError.badRequest("Invalid CSV: line " + line + " " + what);
    }
}
