package dev.gatehouse.configuration;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network: an IPv4 or IPv6 address and how many of its bits count. Parsing never asks a name server. Addresses that carry
 * an IPv4 address in IPv6 clothes ({@code ::ffff:0:0/96} and the NAT64 prefix {@code 64:ff9b::/96}) are that IPv4 address.
 */
final class AddressBlock {

    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final byte[] network;
    private final int prefix;

    private AddressBlock(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** @return the bytes that are compared: 4 where the address is or carries an IPv4 address, otherwise 16 */
    static byte[] canonical(byte[] address) {
        boolean carriesV4 = address.length == 16
                && (Arrays.equals(address, 0, 12, MAPPED, 0, 12) || Arrays.equals(address, 0, 12, NAT64, 0, 12));
        return carriesV4 ? Arrays.copyOfRange(address, 12, 16) : address;
    }

    /** @return whether this text means to be an address or a network rather than a host name */
    static boolean looksNumeric(String text) {
        int slash = text.indexOf('/');
        String head = slash < 0 ? text : text.substring(0, slash);
        return head.indexOf(':') != head.lastIndexOf(':') || head.matches("(?i)(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");
    }

    /** For the blocks that are written in this program. */
    static AddressBlock of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** @return the block; empty where the text is no address or network, or has bits set beyond its prefix */
    static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        byte[] raw = bytes(slash < 0 ? text : text.substring(0, slash));
        if (raw == null) {
            return Optional.empty();
        }
        int bits = raw.length * 8;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
        byte[] address = canonical(raw);
        int within = prefix - (raw.length - address.length) * 8;
        AddressBlock block = new AddressBlock(address, within);
        return within < 0 || block.hasBitsBeyondPrefix() ? Optional.empty() : Optional.of(block);
    }

    private static int prefix(String text, int bits) {
        boolean number = text.matches("0|[1-9][0-9]{0,2}");
        return number && Integer.parseInt(text) <= bits ? Integer.parseInt(text) : -1;
    }

    /** Bytes as written, or null. Zeros in front are refused: some systems read 010.0.0.1 as octal, and so as 8.0.0.1. */
    static byte[] bytes(String text) {
        Matcher v4 = V4.matcher(text);
        if (v4.matches()) {
            byte[] address = new byte[4];
            for (int i = 0; i < 4; i++) {
                String octet = v4.group(i + 1);
                if (octet.length() > 1 && octet.startsWith("0") || Integer.parseInt(octet) > 255) {
                    return null;
                }
                address[i] = (byte) Integer.parseInt(octet);
            }
            return address;
        }
        if (!V6.matcher(text).matches()) {
            return null;
        }
        try {
            byte[] address = InetAddress.getByName(text).getAddress(); // with a colon in it, never looked up
            return address.length == 16 ? address : mapped(address);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    private static byte[] mapped(byte[] v4) {
        byte[] address = Arrays.copyOf(MAPPED, 16);
        System.arraycopy(v4, 0, address, 12, 4);
        return address;
    }

    private boolean hasBitsBeyondPrefix() {
        int host = network.length * 8 - prefix;
        return host > 0
                && prefix >= 0
                && new BigInteger(1, network).getLowestSetBit() >= 0
                && new BigInteger(1, network).getLowestSetBit() < host;
    }

    /** @param address as {@link #canonical} gives it */
    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & 0xff & (0xff << (8 - rest))) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlock block && prefix == block.prefix && Arrays.equals(network, block.network);
    }

    @Override
    public int hashCode() {
        return 31 * prefix + Arrays.hashCode(network);
    }
}
