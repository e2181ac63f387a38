package dev.gatehouse.engine.policy;

/**
 * An IP address in one form: an IPv4 address written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address, and a zone is left
 * out.
 *
 * @param bits 32 or 128
 * @param high the first half of an IPv6 address; 0 for IPv4
 * @param low the rest
 */
record Address(int bits, long high, long low) {

    /**
     * @param lenient whether octets may have leading zeros (decimal all the same), and a zone may follow
     * @return null for anything that is no address
     */
    static Address parse(String text, boolean lenient) {
        String address = text;
        int zone = text.indexOf('%');
        if (zone >= 0) {
            if (!lenient || text.indexOf(':') < 0) {
                return null;
            }
            address = text.substring(0, zone);
        }
        if (address.indexOf(':') < 0) {
            long four = four(address, 0, lenient);
            return four < 0 ? null : new Address(32, 0, four);
        }
        return address.length() > 60 ? null : six(address, lenient);
    }

    /** @return negative where there are not four numbers up to 255 */
    private static long four(String text, int from, boolean lenient) {
        long address = 0;
        int octets = 0;
        int start = from;
        while (start <= text.length() && octets < 5) {
            int end = text.indexOf('.', start);
            end = end < 0 ? text.length() : end;
            int octet = number(text, start, end, 10, 3);
            if (octet < 0 || octet > 255 || !lenient && end - start > 1 && text.charAt(start) == '0') {
                return -1;
            }
            address = address << 8 | octet;
            octets++;
            start = end + 1;
        }
        return octets == 4 ? address : -1;
    }

    private static Address six(String text, boolean lenient) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = text.indexOf(':', at);
            end = end < 0 ? text.length() : end;
            if (end == text.length() && text.indexOf('.', at) > 0) {
                long four = four(text, at, lenient);
                if (four < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (four >> 16);
                groups[count++] = (int) four & 0xffff;
                break;
            }
            int group = number(text, at, end, 16, 4);
            if (group < 0 || count == 8) {
                return null;
            }
            groups[count++] = group;
            at = end + 1;
            if (end < text.length() && at == text.length()) {
                return null;
            }
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        return of(spread(groups, count, gap));
    }

    private static int[] spread(int[] groups, int count, int gap) {
        if (gap < 0) {
            return groups;
        }
        int[] all = new int[8];
        System.arraycopy(groups, 0, all, 0, gap);
        System.arraycopy(groups, gap, all, 8 - (count - gap), count - gap);
        return all;
    }

    private static Address of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        boolean mapped = high == 0 && low >>> 32 == 0xffffL;
        return mapped ? new Address(32, 0, low & 0xffff_ffffL) : new Address(128, high, low);
    }

    /** @return negative where it is not a number of so many digits */
    static int number(String text, int from, int to, int radix, int mostDigits) {
        if (to <= from || to - from > mostDigits) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
