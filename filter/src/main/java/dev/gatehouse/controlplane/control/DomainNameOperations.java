package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.definition.DomainName;
import dev.gatehouse.definition.DomainNameStatus;
import dev.gatehouse.definition.EndpointAccessMode;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.EndpointType;
import dev.gatehouse.definition.IpAddressType;
import dev.gatehouse.definition.MutualTlsAuthentication;
import dev.gatehouse.definition.RoutingMode;
import dev.gatehouse.definition.SecurityPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Operations on custom domain names. Names that Amazon would make up for DNS, such as the one of a distribution, are absent: there
 * is nothing behind them here.
 */
final class DomainNameOperations {

    private static final String ONE = "/domainnames/{domain_name}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateDomainName", "POST", "/domainnames", 201, DomainNameOperations::create),
            Operation.of("GetDomainNames", "GET", "/domainnames", 200, DomainNameOperations::list),
            Operation.of("GetDomainName", "GET", ONE, 200, DomainNameOperations::get),
            Operation.of("UpdateDomainName", "PATCH", ONE, 200, DomainNameOperations::update),
            Operation.of("DeleteDomainName", "DELETE", ONE, 202, DomainNameOperations::delete));

    static final Taggable TAGGED = new TaggedEntry<>(
            "/domainnames/{domain_name}",
            (reading, labels) -> Domains.get(reading, labels.get(0)),
            DomainName::tags,
            (writing, domain, tags) -> Domains.put(writing, domain.with(draft -> draft.tags = tags)));

    private DomainNameOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createDomainNameInput");
        DomainName.Draft draft = DomainName.draft();
        draft.domainName = body.required("domainName");
        draft.certificateName = body.string("certificateName");
        draft.certificateArn = body.string("certificateArn");
        draft.regionalCertificateName = body.string("regionalCertificateName");
        draft.regionalCertificateArn = body.string("regionalCertificateArn");
        draft.tags = body.stringMap("tags");
        draft.securityPolicy = body.enumeration("securityPolicy", SecurityPolicy.class);
        draft.endpointAccessMode = body.enumeration("endpointAccessMode", EndpointAccessMode.class);
        draft.ownershipVerificationCertificateArn = body.string("ownershipVerificationCertificateArn");
        draft.policy = body.string("policy");
        draft.routingMode = body.enumeration("routingMode", RoutingMode.class);
        draft.endpointConfiguration = endpoint(body.object("endpointConfiguration"));
        draft.mutualTlsAuthentication = mutual(body.object("mutualTlsAuthentication"));
        boolean uploads = Stream.of("certificateBody", "certificatePrivateKey", "certificateChain")
                        .filter(body::has)
                        .count()
                > 0;

        DomainName created = call.write(writing -> {
            DomainNameRules.checkName(draft.domainName);
            if (uploads) {
                throw ControlError.badRequest("certificateBody, certificatePrivateKey and certificateChain are not"
                        + " supported: certificates of custom domain names belong to the servlet container");
            }
            if (draft.routingMode == null) {
                draft.routingMode = RoutingMode.BASE_PATH_MAPPING_ONLY;
            }
            draft.domainNameStatus = DomainNameStatus.AVAILABLE;
            boolean isPrivate = draft.endpointConfiguration.types().contains(EndpointType.PRIVATE);
            draft.domainNameId = isPrivate ? call.home().newId(10) : null;
            draft.domainNameArn = Domains.arn(call.home(), draft.domainName, draft.domainNameId);
            draft.certificateUploadDate = uploadDate(draft.certificateName, draft.certificateArn, call.now());
            DomainName domain = draft.build();
            DomainNameRules.check(domain);
            if (Domains.find(writing, Domains.reference(domain)).isPresent()) {
                throw ControlError.conflict("The domain name you provided already exists.");
            }
            Domains.put(writing, domain);
            return domain;
        });
        call.publishDomains();
        return Answer.json(shape(created));
    }

    /** Amazon's defaults are those of APIs. A list of types that was sent empty stays so, to be refused. */
    private static EndpointConfiguration endpoint(Members endpoint) {
        if (endpoint == null) {
            return RestApiRules.withDefaults(null);
        }
        List<EndpointType> types = endpoint.enumerations("types", EndpointType.class);
        IpAddressType family = endpoint.enumeration("ipAddressType", IpAddressType.class);
        List<EndpointType> known =
                types == null ? null : types.stream().filter(Objects::nonNull).toList();
        EndpointConfiguration given = new EndpointConfiguration(known, family, endpoint.strings("vpcEndpointIds"));
        return types != null && types.isEmpty() ? given : RestApiRules.withDefaults(given);
    }

    private static MutualTlsAuthentication mutual(Members mutual) {
        return mutual == null
                ? null
                : new MutualTlsAuthentication(
                        mutual.string("truststoreUri"), mutual.string("truststoreVersion"), List.of());
    }

    private static Instant uploadDate(String name, String arn, Instant now) {
        return name == null && arn == null ? null : now;
    }

    private static Answer list(Call call) {
        ResourceOwner owner = ResourceOwner.of(call);
        return call.read(reading -> owner == ResourceOwner.OTHER_ACCOUNTS
                ? Call.whole(List.of())
                : call.page(reading, Domains.KIND, "", Order.NEWEST_FIRST, entry -> shape(Domains.read(entry))));
    }

    private static Answer get(Call call) {
        String reference = Domains.reference(call);
        DomainName domain = call.read(reading -> Domains.get(reading, reference));
        return Answer.json(Tags.shown(shape(domain)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateDomainNameInput").patchOperations();
        String reference = Domains.reference(call);
        DomainName updated = call.write(writing -> {
            DomainName before = Domains.get(writing, reference);
            DomainName changed = DomainNameRules.update(before, operations);
            boolean sameCertificate = Objects.equals(before.certificateArn(), changed.certificateArn())
                    && Objects.equals(before.certificateName(), changed.certificateName());
            DomainName after = sameCertificate
                    ? changed
                    : changed.with(draft -> draft.certificateUploadDate =
                            uploadDate(changed.certificateName(), changed.certificateArn(), call.now()));
            Domains.put(writing, after);
            return after;
        });
        call.publishDomains();
        return Answer.json(Tags.shown(shape(updated)));
    }

    /** Its base path mappings and access associations go with it. */
    private static Answer delete(Call call) {
        String reference = Domains.reference(call);
        call.write(writing -> {
            DomainName domain = Domains.get(writing, reference);
            writing.removeAll(BasePathMappingOperations.KIND, reference);
            AccessAssociationOperations.removeAll(writing, domain);
            return writing.remove(Key.of(Domains.KIND, reference));
        });
        call.publishDomains();
        return Answer.NOTHING;
    }

    private static ObjectNode shape(DomainName domain) {
        return Documents.wire(domain);
    }
}
