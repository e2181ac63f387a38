package dev.gatehouse.configuration;

import java.util.List;
import java.util.Optional;

/** Addresses and networks together. Immutable and thread-safe. */
public final class Networks {

    /** This machine only. */
    public static final Networks LOOPBACK = of(List.of("127.0.0.0/8", "::1"));

    private final List<AddressBlock> blocks;

    private Networks(List<AddressBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * @param texts such as {@code 192.0.2.7}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}
     * @throws IllegalArgumentException on one that is none
     */
    public static Networks of(List<String> texts) {
        return new Networks(texts.stream()
                .map(text -> AddressBlock.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                text + ' ' + fault(text).orElseThrow())))
                .toList());
    }

    static Optional<String> fault(String text) {
        return AddressBlock.parse(text).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "is neither an IP address nor a network such as 10.0.0.0/8 without bits beyond its prefix");
    }

    /** @param address an IP address, perhaps with a zone; anything else is in no network */
    public boolean contain(String address) {
        int zone = address.indexOf('%');
        byte[] bytes = AddressBlock.bytes(zone < 0 ? address : address.substring(0, zone));
        if (bytes == null) {
            return false;
        }
        byte[] canonical = AddressBlock.canonical(bytes);
        return blocks.stream().anyMatch(block -> block.contains(canonical));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Networks networks && blocks.equals(networks.blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }
}
