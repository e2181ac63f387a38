package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.DomainName;
import dev.gatehouse.definition.EndpointAccessMode;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.MutualTlsAuthentication;
import dev.gatehouse.definition.RoutingMode;
import dev.gatehouse.definition.SecurityPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What a custom domain name may look like, and what of it an update may change. */
final class DomainNameRules {

    private static final int LONGEST_NAME = 253;
    private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")+");
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");
    private static final Pattern TRUSTSTORE = Pattern.compile("s3://[^/]+/.+");

    private static final Set<String> CERTIFICATES =
            Set.of("/certificateName", "/certificateArn", "/regionalCertificateName", "/regionalCertificateArn");

    private static final String ALL_OPS = "add replace remove";

    private static final Patch<DomainName> PATCH = Patch.<DomainName>of(Patch.LISTING)
            .on(ALL_OPS, "/certificateName", text((draft, name) -> draft.certificateName = name))
            .on(ALL_OPS, "/certificateArn", text((draft, arn) -> draft.certificateArn = arn(arn, "certificateArn")))
            .on(ALL_OPS, "/regionalCertificateName", text((draft, name) -> draft.regionalCertificateName = name))
            .on(
                    ALL_OPS,
                    "/regionalCertificateArn",
                    text((draft, arn) -> draft.regionalCertificateArn = arn(arn, "regionalCertificateArn")))
            .on(
                    ALL_OPS,
                    "/ownershipVerificationCertificateArn",
                    text((draft, arn) -> draft.ownershipVerificationCertificateArn =
                            arn(arn, "ownershipVerificationCertificateArn")))
            .on("add remove", "/endpointConfiguration/types", DomainNameRules::addOrRemoveType)
            .on("replace", "/endpointConfiguration/types/*", DomainNameRules::replaceType)
            .on("replace", "/endpointConfiguration/ipAddressType", DomainNameRules::ipAddressType)
            .on(
                    "replace",
                    "/endpointAccessMode",
                    text((draft, mode) ->
                            draft.endpointAccessMode = constant(EndpointAccessMode.class, mode, "endpointAccessMode")))
            .on(
                    "replace",
                    "/securityPolicy",
                    text((draft, policy) ->
                            draft.securityPolicy = constant(SecurityPolicy.class, policy, "securityPolicy")))
            .on(
                    "replace",
                    "/routingMode",
                    text((draft, mode) -> draft.routingMode = constant(RoutingMode.class, mode, "routingMode")))
            .on("replace", "/policy", text((draft, policy) -> draft.policy = policy))
            .on("replace", "/managementPolicy", text((draft, policy) -> draft.managementPolicy = policy))
            .on(ALL_OPS, "/mutualTlsAuthentication/truststoreUri", truststore(true))
            .on(ALL_OPS, "/mutualTlsAuthentication/truststoreVersion", truststore(false));

    private DomainNameRules() {}

    static DomainName update(DomainName before, List<PatchOperation> operations) {
        Set<String> ofCertificates = new HashSet<>();
        operations.stream()
                .filter(operation -> operation.path() != null && CERTIFICATES.contains(operation.path()))
                .forEach(operation -> ofCertificates.add(operation.op()));
        if (ofCertificates.contains("add") && ofCertificates.contains("remove")) {
            throw ControlError.badRequest("Certificates cannot be added and removed in one request");
        }
        DomainName after = PATCH.apply(before, operations);
        check(after);
        if (Domains.isPrivate(before) != Domains.isPrivate(after)) {
            throw ControlError.badRequest("A domain name cannot change from or to PRIVATE");
        }
        return after;
    }

    static void checkName(String name) {
        if (name.isEmpty()) {
            throw ControlError.badRequest("No Domain Name specified");
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw ControlError.badRequest("Invalid domain name specified: " + name);
        }
    }

    /** What holds for each domain name, new or changed. */
    static void check(DomainName domain) {
        List<EndpointType> types = domain.endpointConfiguration().types();
        if (types.isEmpty()) {
            throw ControlError.badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
        }
        if (types.contains(EndpointType.PRIVATE)) {
            if (types.size() > 1) {
                throw ControlError.badRequest("A PRIVATE domain name cannot have other endpoint types");
            }
            if (domain.endpointConfiguration().ipAddressType() == IpAddressType.ipv4) {
                throw ControlError.badRequest("Only dualstack ipAddressType is supported for Private domain names.");
            }
        } else if (domain.policy() != null || domain.managementPolicy() != null) {
            throw ControlError.badRequest("Policies can only be specified for PRIVATE domain names");
        }
        if (!domain.endpointConfiguration().vpcEndpointIds().isEmpty()) {
            throw ControlError.badRequest("VPCEndpoints can only be specified with PRIVATE apis.");
        }
        arn(domain.certificateArn(), "certificateArn");
        arn(domain.regionalCertificateArn(), "regionalCertificateArn");
        arn(domain.ownershipVerificationCertificateArn(), "ownershipVerificationCertificateArn");
        checkPolicy(domain.policy());
        checkPolicy(domain.managementPolicy());
        checkTruststore(domain.mutualTlsAuthentication());
        if (domain.mutualTlsAuthentication() != null) {
            throw unsupported("mutualTlsAuthentication");
        }
        if (domain.endpointAccessMode() == EndpointAccessMode.STRICT) {
            throw unsupported("endpointAccessMode STRICT");
        }
        Tags.check(domain.tags());
    }

    /** A name that promises to keep callers out, and lets them in, is worse than none. */
    private static ControlError unsupported(String member) {
        return ControlError.badRequest(member + " is not supported by this version of Gatehouse, so the domain name is"
                + " refused rather than left open");
    }

    private static void checkPolicy(String policy) {
        if (policy != null && !Documents.isObject(policy)) {
            throw ControlError.badRequest("Invalid policy document. Please check the policy syntax and ensure that"
                    + " Principals are valid.");
        }
    }

    private static void checkTruststore(MutualTlsAuthentication mutual) {
        if (mutual == null) {
            return;
        }
        if (mutual.truststoreUri() == null) {
            throw ControlError.badRequest("mutualTlsAuthentication needs a truststoreUri");
        }
        if (!TRUSTSTORE.matcher(mutual.truststoreUri()).matches()) {
            throw ControlError.badRequest("Invalid truststoreUri specified: " + mutual.truststoreUri());
        }
    }

    /** @param arn null is none */
    private static String arn(String arn, String member) {
        if (arn != null && !ARN.matcher(arn).matches()) {
            throw ControlError.badRequest("Invalid " + member + " specified: " + arn);
        }
        return arn;
    }

    /** A text that is replaced or removed. */
    private static Patch.Change<DomainName> text(BiConsumer<DomainName.Draft, String> change) {
        return (domain, operation) ->
                domain.with(draft -> change.accept(draft, operation.is("remove") ? null : operation.valueOrNull()));
    }

    /** @param uri otherwise it is the version; without both there is no mutual TLS */
    private static Patch.Change<DomainName> truststore(boolean uri) {
        return (domain, operation) -> {
            String value = operation.is("remove") ? null : operation.valueOrNull();
            MutualTlsAuthentication before = domain.mutualTlsAuthentication() == null
                    ? new MutualTlsAuthentication(null, null, List.of())
                    : domain.mutualTlsAuthentication();
            MutualTlsAuthentication after = new MutualTlsAuthentication(
                    uri ? value : before.truststoreUri(),
                    uri ? before.truststoreVersion() : value,
                    before.truststoreWarnings());
            boolean none = after.truststoreUri() == null && (uri || after.truststoreVersion() == null);
            return domain.with(draft -> draft.mutualTlsAuthentication = none ? null : after);
        };
    }

    private static DomainName addOrRemoveType(DomainName domain, PatchOperation operation) {
        EndpointType type = type(operation.value());
        List<EndpointType> types =
                new ArrayList<>(domain.endpointConfiguration().types());
        types.remove(type);
        if (operation.is("add")) {
            types.add(type);
        }
        return withTypes(domain, types);
    }

    /** The path names the type that goes, or its index. */
    private static DomainName replaceType(DomainName domain, PatchOperation operation) {
        List<EndpointType> types =
                new ArrayList<>(domain.endpointConfiguration().types());
        String old = operation.token(0);
        int index = 0;
        while (index < types.size()
                && !types.get(index).name().equals(old)
                && !String.valueOf(index).equals(old)) {
            index++;
        }
        if (index == types.size()) {
            throw ControlError.badRequest("Invalid patch path " + operation.path());
        }
        EndpointType type = type(operation.value());
        types.remove(index);
        types.remove(type);
        types.add(type);
        return withTypes(domain, types);
    }

    private static DomainName withTypes(DomainName domain, List<EndpointType> types) {
        EndpointConfiguration before = domain.endpointConfiguration();
        return domain.with(draft -> draft.endpointConfiguration =
                new EndpointConfiguration(types, before.ipAddressType(), before.vpcEndpointIds()));
    }

    private static DomainName ipAddressType(DomainName domain, PatchOperation operation) {
        EndpointConfiguration before = domain.endpointConfiguration();
        IpAddressType family;
        try {
            family = IpAddressType.valueOf(String.valueOf(operation.value()));
        } catch (IllegalArgumentException e) {
            throw ControlError.badRequest("ipAddressType must be either ipv4 or dualstack.");
        }
        return domain.with(draft -> draft.endpointConfiguration =
                new EndpointConfiguration(before.types(), family, before.vpcEndpointIds()));
    }

    private static EndpointType type(String name) {
        try {
            return EndpointType.valueOf(String.valueOf(name));
        } catch (IllegalArgumentException e) {
            throw ControlError.badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
        }
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
