package dev.gatehouse.engine.signature;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Digests in lower-case hexadecimal, a byte at a time by tables. */
final class Hexadecimal {

    /** Of a SHA-256. */
    static final int DIGITS = 64;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final short[] PAIRS = new short[256];
    private static final byte[] VALUES = new byte[256];

    static {
        String digits = "0123456789abcdef";
        for (int i = 0; i < 256; i++) {
            PAIRS[i] = (short) (digits.charAt(i >> 4) << 8 | digits.charAt(i & 15));
        }
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < 16; i++) {
            VALUES[digits.charAt(i)] = (byte) i;
        }
    }

    private Hexadecimal() {}

    /** Writes two digits for each byte. */
    static void write(byte[] digest, byte[] target, int at) {
        for (int i = 0; i < digest.length; i++) {
            SHORTS.set(target, at + 2 * i, PAIRS[digest[i] & 0xff]);
        }
    }

    /** @return the 32 bytes that the text from there to its end spells; null for anything but 64 lower-case digits */
    static byte[] digest(String text, int from) {
        if (text.length() - from != DIGITS) {
            return null;
        }
        byte[] digest = new byte[DIGITS / 2];
        int wrong = 0;
        for (int i = 0; i < digest.length; i++) {
            char first = text.charAt(from + 2 * i);
            char second = text.charAt(from + 2 * i + 1);
            int both = VALUES[first & 0xff] << 4 | VALUES[second & 0xff];
            wrong |= both | -(first >> 8) | -(second >> 8);
            digest[i] = (byte) both;
        }
        return wrong < 0 ? null : digest;
    }
}
