package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRulesTest {

    private static final String METADATA = "169.254.169.254";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860::8888"
            })
    void publicAddressesAreAllowed(String address) {
        assertThat(EndpointRules.PUBLIC_ONLY.allows("example.com", at(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.255",
                METADATA,
                "169.254.0.1",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "::7f00:1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "64:ff9b:1::1",
                "4000::1"
            })
    void everythingElseIsNot(String address) {
        assertThat(EndpointRules.PUBLIC_ONLY.allows("example.com", at(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:127.0.0.1",
                "::ffff:10.1.2.3",
                "::ffff:169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe"
            })
    void anIpv4AddressInIpv6ClothesIsThatAddress(String address) {
        assertThat(EndpointRules.PUBLIC_ONLY.allows("example.com", at(address))).isFalse();
        assertThat(EndpointRules.allowing("127.0.0.1", "10.0.0.0/8", METADATA).allows("example.com", at(address)))
                .isTrue();
    }

    @Test
    void aMappedAddressThatKeptItsSixteenBytesIsSeenThrough() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        InetAddress address = Inet6Address.getByAddress("x", mapped, 3);
        assertThat(address.getAddress()).hasSize(16);
        assertThat(EndpointRules.PUBLIC_ONLY.allows("x", address)).isFalse();
        assertThat(EndpointRules.allowing("127.0.0.0/8").allows("x", address)).isTrue();
        assertThat(EndpointRules.allowing("::ffff:127.0.0.0/104").allows("x", address))
                .isTrue();
    }

    @Test
    void aPublicAddressBehindNat64IsPublic() {
        assertThat(EndpointRules.PUBLIC_ONLY.allows("example.com", at("64:ff9b::101:101")))
                .isTrue();
    }

    @Test
    void anAllowedNetworkEndsWhereItsPrefixEnds() {
        EndpointRules rules = EndpointRules.allowing("10.1.128.0/17", "fd12:3400::/22", "127.0.0.1");
        assertThat(rules.allows("x", at("10.1.128.0"))).isTrue();
        assertThat(rules.allows("x", at("10.1.255.255"))).isTrue();
        assertThat(rules.allows("x", at("10.1.127.255"))).isFalse();
        assertThat(rules.allows("x", at("10.2.0.0"))).isFalse();
        assertThat(rules.allows("x", at("fd12:37ff:ffff::1"))).isTrue();
        assertThat(rules.allows("x", at("fd12:3800::1"))).isFalse();
        assertThat(rules.allows("x", at("127.0.0.2"))).isFalse();
    }

    @Test
    void anIpv4NetworkHoldsNoIpv6Address() {
        assertThat(EndpointRules.allowing("0.0.0.0/0").allows("x", at("::1"))).isFalse();
        assertThat(EndpointRules.allowing("::/0").allows("x", at("127.0.0.1"))).isFalse();
    }

    @Test
    void anAllowedHostMayBePrivateOrLocal() {
        EndpointRules rules = EndpointRules.allowing("Backend.Internal", "localhost");
        assertThat(rules.allows("backend.internal", at("10.0.0.1"))).isTrue();
        assertThat(rules.allows("BACKEND.internal.", at("fd00::1"))).isTrue();
        assertThat(rules.allows("localhost", at("127.0.0.1"))).isTrue();
        assertThat(rules.allows("localhost", at("::1"))).isTrue();
        assertThat(rules.allows("other.internal", at("10.0.0.1"))).isFalse();
        assertThat(rules.allows("a.backend.internal", at("10.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                METADATA,
                "169.254.170.2",
                "fe80::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "::ffff:169.254.169.254"
            })
    void anAllowedHostDoesNotOpenTheAddressesOfMachineCredentials(String address) {
        assertThat(EndpointRules.allowing("backend.internal").allows("backend.internal", at(address)))
                .isFalse();
        String entry = address.substring(address.lastIndexOf("ffff:") < 0 ? 0 : 7);
        assertThat(EndpointRules.allowing(entry).allows("backend.internal", at(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "010.0.0.1",
                "10.0.0.256",
                "10.0.0",
                "10.1",
                "2130706433",
                "0x7f.1",
                "127.0.0.1.",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "fd00::1/8",
                "fd00::/129",
                "::ffff:0:0/64",
                "[::1]",
                "fe80::1%eth0",
                ":::",
                "http://x",
                "x:80",
                "*.internal",
                "a b",
                "-a",
                "a-",
                "a..b",
                ".a",
                "ü.de",
                "x/y",
                "x?"
            })
    void entriesThatAreNeitherHostNorNetworkAreRefused(String entry) {
        assertThat(EndpointRules.fault(entry)).isPresent();
        assertThatThrownBy(() -> EndpointRules.allowing(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + entry + "\"");
    }

    @Test
    void rulesOfTheSameEntriesAreEqual() {
        assertThat(EndpointRules.allowing("a", "10.0.0.0/8"))
                .isEqualTo(EndpointRules.allowing("a", "10.0.0.0/8"))
                .hasSameHashCodeAs(EndpointRules.allowing("a", "10.0.0.0/8"))
                .isNotEqualTo(EndpointRules.PUBLIC_ONLY)
                .hasToString("EndpointRules[a, 10.0.0.0/8]");
    }

    /** Literals only: with these the JDK asks no name server. */
    private static InetAddress at(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
