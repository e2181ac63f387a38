package dev.gatehouse.definition;

/** Address families of an endpoint, in the lower case of the wire. */
public enum IpAddressType {
    ipv4,
    dualstack
}
