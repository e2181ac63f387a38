package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.VpcLink;
import dev.gatehouse.definition.VpcLinkStatus;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Operations on VPC links. There is no network to build here, so a link is ready at once; the answer to its creation says pending
 * all the same, as tools expect it.
 */
final class VpcLinkOperations {

    static final String UNKNOWN = "Invalid Vpc Link identifier specified";

    private static final Shelf<VpcLink> LINKS = new Shelf<>("vpclink", VpcLink.class, VpcLink::id, UNKNOWN);
    private static final String ONE = "/vpclinks/{vpclink_id}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateVpcLink", "POST", "/vpclinks", 202, VpcLinkOperations::create),
            Operation.of("GetVpcLinks", "GET", "/vpclinks", 200, LINKS::list),
            Operation.of("GetVpcLink", "GET", ONE, 200, call -> LINKS.show(call, "vpclink_id")),
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
            VpcLink link = new VpcLink(
                    call.home().newId(6),
                    name,
                    description,
                    targets,
                    VpcLinkStatus.AVAILABLE,
                    "Your vpc link is ready for use",
                    tags);
            LINKS.put(writing, link);
            return link;
        });
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
        return LINKS.update(call, "vpclink_id", "updateVpcLinkInput", PATCH);
    }

    private static Answer delete(Call call) {
        String id = call.label("vpclink_id");
        call.write(writing -> {
            LINKS.remove(writing, id);
            return id;
        });
        return Answer.NOTHING;
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
