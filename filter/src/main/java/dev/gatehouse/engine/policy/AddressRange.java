package dev.gatehouse.engine.policy;

/**
 * All addresses that begin alike.
 *
 * @param first any of them
 * @param prefix how many bits they share
 */
record AddressRange(Address first, int prefix) {

    /** @return null for anything that is neither an address nor a range in CIDR notation */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String start = slash < 0 ? text : text.substring(0, slash);
        Address first = Address.parse(start, false);
        if (first == null) {
            return null;
        }
        if (slash < 0) {
            return new AddressRange(first, first.bits());
        }
        int prefix = Address.number(text, slash + 1, text.length(), 10, 3);
        // a range of IPv4 addresses may be written in IPv6
        int mapped = first.bits() == 32 && start.indexOf(':') >= 0 ? prefix - 96 : prefix;
        return prefix < 0 || mapped < 0 || mapped > first.bits() ? null : new AddressRange(first, mapped);
    }

    boolean contains(Address address) {
        if (address.bits() != first.bits()) {
            return false;
        }
        if (first.bits() == 32) {
            return prefix == 0 || (address.low() ^ first.low()) >>> 32 - prefix == 0;
        }
        long high = address.high() ^ first.high();
        long low = address.low() ^ first.low();
        if (prefix <= 64) {
            return prefix == 0 || high >>> 64 - prefix == 0;
        }
        return high == 0 && low >>> 128 - prefix == 0;
    }
}
