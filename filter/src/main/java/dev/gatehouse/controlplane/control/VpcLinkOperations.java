package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.definition.VpcLink;
import dev.gatehouse.definition.VpcLinkStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Operations on VPC links. There is no network to build here: a link is ready where the gateway's configuration says where its
 * target is, and has failed where it does not, which is found out anew whenever somebody looks. The answer to its creation says
 * pending all the same, as tools expect it.
 */
final class VpcLinkOperations {

    static final String UNKNOWN = "Invalid Vpc Link identifier specified";

    private static final Shelf<VpcLink> LINKS = new Shelf<>("vpclink", VpcLink.class, VpcLink::id, UNKNOWN);
    private static final String ONE = "/vpclinks/{vpclink_id}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateVpcLink", "POST", "/vpclinks", 202, VpcLinkOperations::create),
            Operation.of("GetVpcLinks", "GET", "/vpclinks", 200, call -> LINKS.list(call, link -> now(call, link))),
            Operation.of(
                    "GetVpcLink", "GET", ONE, 200, call -> LINKS.show(call, "vpclink_id", link -> now(call, link))),
            Operation.of("UpdateVpcLink", "PATCH", ONE, 200, VpcLinkOperations::update),
            Operation.of("DeleteVpcLink", "DELETE", ONE, 202, VpcLinkOperations::delete));

    static final Taggable TAGGED = new TaggedEntry<>(
            "/vpclinks/{vpclink_id}",
            (reading, labels) -> LINKS.get(reading, labels.get(0)),
            VpcLink::tags,
            (writing, link, tags) -> LINKS.put(writing, with(link, link.name(), link.description(), tags)));

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");

    private static final Patch<VpcLink> PATCH = Patch.<VpcLink>of(Patch.LISTING)
            .on("replace", "/name", (link, op) -> {
                checkName(op.valueOrNull());
                return with(link, op.value(), link.description(), link.tags());
            })
            .on("replace", "/description", (link, op) -> with(link, link.name(), op.valueOrNull(), link.tags()));

    private VpcLinkOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createVpcLinkInput");
        String name = body.required("name");
        String description = body.string("description");
        List<String> targets = body.requiredStrings("targetArns");
        Map<String, String> tags = body.stringMap("tags");
        VpcLink created = call.write(writing -> {
            checkName(name);
            checkTargets(targets);
            Tags.check(tags);
            VpcLink link = new VpcLink(call.home().newId(6), name, description, targets, null, null, tags);
            LINKS.put(writing, link);
            return link;
        });
        call.publishLinks();
        return Answer.json(Documents.wire(new VpcLink(
                created.id(),
                created.name(),
                created.description(),
                created.targetArns(),
                VpcLinkStatus.PENDING,
                null,
                created.tags())));
    }

    private static Answer update(Call call) {
        return LINKS.update(call, "vpclink_id", "updateVpcLinkInput", PATCH, link -> now(call, link));
    }

    private static Answer delete(Call call) {
        String id = call.label("vpclink_id");
        call.write(writing -> {
            LINKS.remove(writing, id);
            return id;
        });
        call.publishLinks();
        return Answer.NOTHING;
    }

    /** Target ARNs by the ids of the links. */
    static Map<String, String> targets(Reading reading) {
        Map<String, String> targets = new LinkedHashMap<>();
        LINKS.all(reading)
                .forEach(link -> targets.put(link.id(), link.targetArns().get(0)));
        return targets;
    }

    private static VpcLink now(Call call, VpcLink link) {
        String target = link.targetArns().get(0);
        boolean ready = call.leadsTo(target);
        return new VpcLink(
                link.id(),
                link.name(),
                link.description(),
                link.targetArns(),
                ready ? VpcLinkStatus.AVAILABLE : VpcLinkStatus.FAILED,
                ready
                        ? "Your vpc link is ready for use"
                        : "The configuration of this gateway has no vpcLinks entry with targetArn " + target,
                link.tags());
    }

    private static VpcLink with(VpcLink link, String name, String description, Map<String, String> tags) {
        return new VpcLink(link.id(), name, description, link.targetArns(), link.status(), link.statusMessage(), tags);
    }

    private static void checkName(String name) {
        if (name == null || name.isEmpty()) {
            throw ControlError.badRequest("Name cannot be empty");
        }
    }

    private static void checkTargets(List<String> targets) {
        if (targets.size() != 1) {
            throw ControlError.badRequest("Exactly one target ARN must be specified, and not " + targets.size());
        }
        if (!ARN.matcher(targets.get(0)).matches()) {
            throw ControlError.badRequest("Invalid ARN. ARN is not well formed " + targets.get(0));
        }
    }
}
