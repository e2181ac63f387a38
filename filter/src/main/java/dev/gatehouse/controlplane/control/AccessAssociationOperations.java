package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.AccessAssociationSourceType;
import dev.gatehouse.definition.DomainName;
import dev.gatehouse.definition.DomainNameAccessAssociation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Operations on what lets a VPC endpoint reach a private custom domain name. */
final class AccessAssociationOperations {

    private static final String KIND = "accessassociation";
    private static final String UNKNOWN = "Invalid domain name access association identifier specified";
    private static final Pattern ENDPOINT = Pattern.compile("vpce-[a-zA-Z0-9]{1,64}");
    private static final String ROOT = "/domainnameaccessassociations";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateDomainNameAccessAssociation", "POST", ROOT, 201, AccessAssociationOperations::create),
            Operation.of("GetDomainNameAccessAssociations", "GET", ROOT, 200, AccessAssociationOperations::list),
            Operation.of(
                    "DeleteDomainNameAccessAssociation",
                    "DELETE",
                    ROOT + "/{domain_name_access_association_arn}",
                    202,
                    AccessAssociationOperations::delete),
            Operation.of(
                    "RejectDomainNameAccessAssociation",
                    "POST",
                    "/rejectdomainnameaccessassociations",
                    202,
                    AccessAssociationOperations::reject));

    static final Taggable TAGGED = new TaggedEntry<>(
            ROOT + "/domainname/{name}/vpcesource/{source}",
            (reading, labels) -> one(reading, path(labels.get(0), labels.get(1))),
            DomainNameAccessAssociation::tags,
            (writing, association, tags) -> put(
                    writing,
                    new DomainNameAccessAssociation(
                            association.domainNameAccessAssociationArn(),
                            association.domainNameArn(),
                            association.accessAssociationSourceType(),
                            association.accessAssociationSource(),
                            tags)));

    private AccessAssociationOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createDomainNameAccessAssociationInput");
        String domainArn = body.required("domainNameArn");
        AccessAssociationSourceType type =
                body.requiredEnumeration("accessAssociationSourceType", AccessAssociationSourceType.class);
        String source = body.required("accessAssociationSource");
        Map<String, String> tags = body.stringMap("tags");
        DomainNameAccessAssociation created = call.write(writing -> {
            DomainName domain = Domains.get(writing, resource(domainArn, "/domainnames/"));
            if (!Domains.isPrivate(domain)) {
                throw ControlError.badRequest("Only PRIVATE domain names can have access associations");
            }
            if (!ENDPOINT.matcher(source).matches()) {
                throw ControlError.badRequest("Invalid accessAssociationSource specified: " + source);
            }
            Tags.check(tags);
            String path = path(Domains.reference(domain.domainName(), null), source);
            if (writing.get(Key.of(KIND, path)).isPresent()) {
                throw ControlError.conflict("The domain name access association already exists.");
            }
            String arn = "arn:aws:apigateway:" + call.home().region() + ":"
                    + call.home().accountId() + ":" + path;
            DomainNameAccessAssociation association =
                    new DomainNameAccessAssociation(arn, domain.domainNameArn(), type, source, tags);
            put(writing, association);
            return association;
        });
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        ResourceOwner owner = ResourceOwner.of(call);
        return call.read(reading -> owner == ResourceOwner.OTHER_ACCOUNTS
                ? Call.whole(List.of())
                : call.page(reading, KIND, "", Order.NEWEST_FIRST, entry -> Documents.wire(read(entry))));
    }

    private static Answer delete(Call call) {
        String path = resource(call.label("domain_name_access_association_arn"), "");
        call.write(writing -> {
            one(writing, path);
            return writing.remove(Key.of(KIND, path));
        });
        return Answer.NOTHING;
    }

    /** A rejected association is gone: the endpoint does not reach the domain name any more. */
    private static Answer reject(Call call) {
        String association = call.query("domainNameAccessAssociationArn");
        String domain = call.query("domainNameArn");
        if (association == null || domain == null) {
            throw ControlError.badRequest("domainNameAccessAssociationArn and domainNameArn must be specified");
        }
        call.write(writing -> {
            if (!one(writing, resource(association, "")).domainNameArn().equals(domain)) {
                throw ControlError.notFound(UNKNOWN);
            }
            return writing.remove(Key.of(KIND, resource(association, "")));
        });
        return Answer.NOTHING;
    }

    static void removeAll(Writing writing, DomainName domain) {
        writing.list(KIND, "").stream()
                .filter(entry -> read(entry).domainNameArn().equals(domain.domainNameArn()))
                .forEach(entry -> writing.remove(entry.key()));
    }

    /** Several private domain names may share a name, but not one endpoint: so the id is no part of this. */
    private static String path(String name, String source) {
        return ROOT + "/domainname/" + name + "/vpcesource/" + source;
    }

    private static DomainNameAccessAssociation one(Reading reading, String path) {
        return reading.get(Key.of(KIND, path))
                .map(AccessAssociationOperations::read)
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    private static DomainNameAccessAssociation read(Entry entry) {
        return Documents.read(entry.json(), DomainNameAccessAssociation.class);
    }

    private static void put(Writing writing, DomainNameAccessAssociation association) {
        String path = resource(association.domainNameAccessAssociationArn(), "");
        writing.put(Key.of(KIND, path), Documents.text(association));
    }

    /** The resource part of an ARN of API Gateway without its beginning. */
    private static String resource(String arn, String prefix) {
        String[] parts = arn.split(":", 6);
        boolean right = parts.length == 6 && parts[0].equals("arn") && parts[2].equals("apigateway");
        if (!right || !parts[5].startsWith(prefix)) {
            throw ControlError.badRequest("Invalid ARN specified in the request");
        }
        return parts[5].substring(prefix.length());
    }
}
