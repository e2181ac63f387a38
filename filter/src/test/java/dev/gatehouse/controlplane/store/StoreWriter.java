package dev.gatehouse.controlplane.store;

import java.nio.file.Path;

/**
 * Writes pairs of entries without end, each pair at once, and says the number of a pair when its write has returned. For tests
 * that end it where it stands.
 */
final class StoreWriter {

    private StoreWriter() {}

    public static void main(String[] arguments) {
        int number = Integer.parseInt(arguments[1]);
        try (JdbcStore store = JdbcStore.in(Path.of(arguments[0]))) {
            while (true) {
                int pair = number++;
                store.write(writing -> {
                    writing.put(new Key("left", "", "" + pair), text(pair));
                    return writing.put(new Key("right", "", "" + pair), text(pair));
                });
                System.out.println(pair);
                System.out.flush();
            }
        }
    }

    /** Short ones and long ones: they are kept in different places. */
    static String text(int pair) {
        return (pair + " ").repeat(1 + pair % 7 * 1000);
    }
}
