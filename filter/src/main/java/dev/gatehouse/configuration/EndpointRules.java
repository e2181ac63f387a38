package dev.gatehouse.configuration;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which addresses integrations may call. Every public address may be called. What is not public (loopback, private, link-local,
 * carrier-grade, multicast, documentation and other special ranges of the IANA registries) only where an entry allows it:
 *
 * <ul>
 *   <li>an address or network, {@code 127.0.0.1}, {@code 10.0.0.0/8}, {@code fd12:3456::/32}, allows the addresses in it;
 *   <li>a host name, {@code backend.internal}, allows the addresses that this name resolves to, except link-local ones and
 *       those where cloud providers serve the credentials of the machine ({@code 169.254.169.254}): these need an entry with
 *       the address.
 * </ul>
 *
 * The caller asks with the address it is going to connect to, not with one it resolved earlier, so that a name cannot change
 * its answer between the check and the call. Immutable and thread-safe.
 */
public final class EndpointRules {

    /** Nothing but public addresses. */
    public static final EndpointRules PUBLIC_ONLY = new EndpointRules(Set.of(), List.of(), List.of());

    private static final Pattern HOST = Pattern.compile(
            "^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$");

    private static final List<AddressBlock> SPECIAL = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");
    private static final AddressBlock GLOBAL_V6 = AddressBlock.of("2000::/3");
    private static final List<AddressBlock> ONLY_BY_ADDRESS = blocks(
            "169.254.0.0/16",
            "fe80::/10",
            "fd00:ec2::254",
            "fd20:ce::254",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192");

    private final Set<String> hosts;
    private final List<AddressBlock> networks;
    private final List<String> entries;

    private EndpointRules(Set<String> hosts, List<AddressBlock> networks, List<String> entries) {
        this.hosts = hosts;
        this.networks = networks;
        this.entries = entries;
    }

    /**
     * @param entries host names, addresses and networks
     * @throws IllegalArgumentException on an entry that is none of them
     */
    public static EndpointRules allowing(String... entries) {
        return allowing(List.of(entries));
    }

    /** @throws IllegalArgumentException on an entry that is neither host name nor address nor network */
    public static EndpointRules allowing(List<String> entries) {
        Set<String> hosts = new LinkedHashSet<>();
        List<AddressBlock> networks = new ArrayList<>();
        for (String entry : entries) {
            fault(entry).ifPresent(wrong -> {
                throw new IllegalArgumentException('"' + entry + "\" " + wrong);
            });
            if (AddressBlock.looksNumeric(entry)) {
                networks.add(AddressBlock.of(entry));
            } else {
                hosts.add(hostName(entry));
            }
        }
        return new EndpointRules(Set.copyOf(hosts), List.copyOf(networks), List.copyOf(entries));
    }

    /** @return what is wrong with an entry; empty where nothing is */
    static Optional<String> fault(String entry) {
        if (AddressBlock.looksNumeric(entry)) {
            return AddressBlock.parse(entry).isPresent()
                    ? Optional.empty()
                    : Optional.of("is no address or network: write 10.0.0.1, 10.0.0.0/8, fd00::1 or fd00::/8,"
                            + " without zeros in front and without bits set beyond the prefix");
        }
        return HOST.matcher(hostName(entry)).matches()
                ? Optional.empty()
                : Optional.of("is no host name: write backend.internal, without scheme, port, path or wildcard");
    }

    private static String hostName(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The entries as they were given. */
    public List<String> allow() {
        return entries;
    }

    /**
     * @param host the host of the URL as written there; never null
     * @param address the address that the connection goes to
     * @return whether an integration may call it
     */
    public boolean allows(String host, InetAddress address) {
        byte[] bytes = AddressBlock.canonical(address.getAddress());
        return isPublic(bytes) || named(host, bytes);
    }

    /**
     * Whether an entry allows the address: being public is not enough.
     *
     * @param host as for {@link #allows}
     * @param address as for {@link #allows}
     */
    public boolean names(String host, InetAddress address) {
        return named(host, AddressBlock.canonical(address.getAddress()));
    }

    private boolean named(String host, byte[] bytes) {
        return within(networks, bytes) || hosts.contains(hostName(host)) && !within(ONLY_BY_ADDRESS, bytes);
    }

    /** IPv6 the other way round: its public space is one block, and everything that is to come is outside of it. */
    private static boolean isPublic(byte[] address) {
        return !within(SPECIAL, address)
                && !within(ONLY_BY_ADDRESS, address)
                && (address.length == 4 || GLOBAL_V6.contains(address));
    }

    private static boolean within(List<AddressBlock> blocks, byte[] address) {
        for (AddressBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).map(AddressBlock::of).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointRules rules && entries.equals(rules.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "EndpointRules" + entries;
    }
}
