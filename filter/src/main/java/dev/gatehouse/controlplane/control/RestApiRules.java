package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.EndpointAccessMode;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.RestApi;
import dev.gatehouse.definition.SecurityPolicy;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyRules;
import java.util.ArrayList;
import java.util.List;

/** What a REST API may look like, and what of it an update may change. Texts and their order are recorded. */
final class RestApiRules {

    /** {@code execute-api:/...} stands for the API itself, whatever its ARN will be. */
    private static final PolicyRules RESOURCE_POLICY = PolicyRules.RESOURCE.withResourceForm(resource ->
            resource.startsWith("execute-api:/") ? "arn:aws:execute-api:*:*:" + resource.substring(12) : resource);

    private static final int MOST_COMPRESSION = 10_485_760;

    static final Patch<RestApi> PATCH = Patch.<RestApi>of(Patch.PLAIN)
            .on("replace", "/name", (api, op) -> {
                if (op.valueOrNull() == null) {
                    throw ControlError.badRequest("Name cannot be empty");
                }
                return api.with(draft -> draft.name = op.value());
            })
            .on("replace", "/policy", (api, op) -> {
                checkPolicy(op.valueOrNull());
                return api.with(draft -> draft.policy = op.valueOrNull());
            })
            .on(
                    "replace",
                    "/apiKeySource",
                    (api, op) -> api.with(
                            draft -> draft.apiKeySource = constant(ApiKeySourceType.class, op.value(), "apiKeySource")))
            .on(
                    "replace",
                    "/disableExecuteApiEndpoint",
                    (api, op) -> api.with(draft -> draft.disableExecuteApiEndpoint = op.flag()))
            .on(
                    "replace",
                    "/securityPolicy",
                    (api, op) -> api.with(draft ->
                            draft.securityPolicy = constant(SecurityPolicy.class, op.value(), "securityPolicy")))
            .on(
                    "replace",
                    "/endpointAccessMode",
                    (api, op) -> api.with(draft -> draft.endpointAccessMode =
                            constant(EndpointAccessMode.class, op.value(), "endpointAccessMode")))
            .on(
                    "add replace remove",
                    "/description",
                    (api, op) -> api.with(draft -> draft.description = op.is("remove") ? null : op.valueOrNull()))
            .on("add replace remove", "/binaryMediaTypes/*", RestApiRules::binaryMediaType)
            .on("replace", "/minimumCompressionSize", (api, op) -> {
                Integer size = compression(op.valueOrNull());
                return api.with(draft -> draft.minimumCompressionSize = size);
            })
            .on("add replace remove", "/endpointConfiguration/types/*", RestApiRules::endpointType)
            .on("replace", "/endpointConfiguration/ipAddressType", RestApiRules::ipAddressType)
            .on("add remove", "/endpointConfiguration/vpcEndpointIds", RestApiRules::vpcEndpoint);

    private RestApiRules() {}

    /** @param noTypes whether an empty list of endpoint types was sent */
    static void checkNew(RestApi.Draft api, boolean noTypes) {
        if ("".equals(api.description)) {
            throw ControlError.badRequest("Description cannot be an empty string");
        }
        if (api.name.isEmpty()) {
            throw ControlError.badRequest("Name cannot be empty");
        }
        if (noTypes) {
            throw ControlError.badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
        }
        EndpointConfiguration endpoint = api.endpointConfiguration;
        if (endpoint != null && endpoint.types().size() > 1) {
            throw ControlError.badRequest("Cannot create an api with multiple Endpoint Types.");
        }
        if (endpoint != null) {
            checkPrivate(endpoint);
        }
        if (api.minimumCompressionSize != null) {
            compression(api.minimumCompressionSize.toString());
        }
        checkPolicy(api.policy);
        Tags.check(api.tags);
    }

    /** Amazon's defaults: EDGE and IPv4; private APIs have both address families. */
    static EndpointConfiguration withDefaults(EndpointConfiguration endpoint) {
        List<EndpointType> types =
                endpoint == null || endpoint.types().isEmpty() ? List.of(EndpointType.EDGE) : endpoint.types();
        IpAddressType family = endpoint == null ? null : endpoint.ipAddressType();
        if (family == null) {
            family = types.contains(EndpointType.PRIVATE) ? IpAddressType.dualstack : IpAddressType.ipv4;
        }
        return new EndpointConfiguration(types, family, endpoint == null ? List.of() : endpoint.vpcEndpointIds());
    }

    private static void checkPrivate(EndpointConfiguration endpoint) {
        if (endpoint.types().contains(EndpointType.PRIVATE) && endpoint.ipAddressType() == IpAddressType.ipv4) {
            throw ControlError.badRequest("Only dualstack ipAddressType is supported for Private APIs.");
        }
    }

    private static void checkPolicy(String policy) {
        if (policy == null || policy.isEmpty()) {
            return;
        }
        // what the deployment would refuse need not be kept; the short form of a resource is completed there
        if (!Documents.isObject(policy)
                || Policy.compile(policy, RESOURCE_POLICY).policy().isEmpty()) {
            throw ControlError.badRequest("Invalid policy document. Please check the policy syntax and ensure that"
                    + " Principals are valid.");
        }
    }

    private static Integer compression(String text) {
        if (text == null) {
            return null;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 0 && size <= MOST_COMPRESSION) {
                return size;
            }
        } catch (NumberFormatException e) {
            // the same text as for a number out of range (recorded)
        }
        throw ControlError.badRequest("Invalid minimum compression size, must be between 0 and " + MOST_COMPRESSION);
    }

    /** A type that is added stands in the path; a replaced one goes and the new one is appended (recorded). */
    private static RestApi binaryMediaType(RestApi api, PatchOperation operation) {
        List<String> types = new ArrayList<>(api.binaryMediaTypes());
        boolean known = types.remove(operation.token(0));
        if (!known && !operation.is("add")) {
            throw ControlError.notFound("Invalid binary media type specified: " + operation.token(0));
        }
        if (!operation.is("remove")) {
            types.add(operation.is("add") ? operation.token(0) : operation.value());
        }
        return api.with(draft -> draft.binaryMediaTypes = types);
    }

    private static RestApi endpointType(RestApi api, PatchOperation operation) {
        if (!operation.is("replace")) {
            throw ControlError.badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
        }
        EndpointType type;
        try {
            type = EndpointType.valueOf(String.valueOf(operation.value()));
        } catch (IllegalArgumentException e) {
            throw ControlError.badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
        }
        EndpointConfiguration before = withDefaults(api.endpointConfiguration());
        IpAddressType family = type == EndpointType.PRIVATE ? IpAddressType.dualstack : before.ipAddressType();
        EndpointConfiguration after = new EndpointConfiguration(List.of(type), family, before.vpcEndpointIds());
        return api.with(draft -> draft.endpointConfiguration = after);
    }

    private static RestApi ipAddressType(RestApi api, PatchOperation operation) {
        IpAddressType family;
        try {
            family = IpAddressType.valueOf(String.valueOf(operation.value()));
        } catch (IllegalArgumentException e) {
            throw ControlError.badRequest("ipAddressType must be either ipv4 or dualstack.");
        }
        EndpointConfiguration before = withDefaults(api.endpointConfiguration());
        EndpointConfiguration after = new EndpointConfiguration(before.types(), family, before.vpcEndpointIds());
        checkPrivate(after);
        return api.with(draft -> draft.endpointConfiguration = after);
    }

    private static RestApi vpcEndpoint(RestApi api, PatchOperation operation) {
        EndpointConfiguration before = withDefaults(api.endpointConfiguration());
        if (!before.types().contains(EndpointType.PRIVATE) || operation.valueOrNull() == null) {
            throw ControlError.badRequest("VPCEndpoints can only be specified with PRIVATE apis.");
        }
        List<String> ids = new ArrayList<>(before.vpcEndpointIds());
        ids.remove(operation.value());
        if (operation.is("add")) {
            ids.add(operation.value());
        }
        EndpointConfiguration after = new EndpointConfiguration(before.types(), before.ipAddressType(), ids);
        return api.with(draft -> draft.endpointConfiguration = after);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String value, String member) {
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equals(value)) {
                return constant;
            }
        }
        throw ControlError.badRequest("Invalid " + member + " specified. " + Members.memberOf(type));
    }
}
