package dev.gatehouse.definition;

import java.util.List;

/**
 * Where and how an API or a custom domain name is offered.
 *
 * @param ipAddressType may be null
 */
public record EndpointConfiguration(
        List<EndpointType> types, IpAddressType ipAddressType, List<String> vpcEndpointIds) {

    public EndpointConfiguration {
        types = Frozen.list(types);
        vpcEndpointIds = Frozen.list(vpcEndpointIds);
    }
}
