package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
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

    private static final String KIND = "vpclink";
    private static final String ONE = "/vpclinks/{vpclink_id}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateVpcLink", "POST", "/vpclinks", 202, VpcLinkOperations::create),
            Operation.of("GetVpcLinks", "GET", "/vpclinks", 200, VpcLinkOperations::list),
            Operation.of("GetVpcLink", "GET", ONE, 200, VpcLinkOperations::get),
            Operation.of("UpdateVpcLink", "PATCH", ONE, 200, VpcLinkOperations::update),
            Operation.of("DeleteVpcLink", "DELETE", ONE, 202, VpcLinkOperations::delete));

    static final Taggable TAGGED = new TaggedEntry<>(
            "/vpclinks/{vpclink_id}",
            (reading, labels) -> one(reading, labels.get(0)),
            VpcLink::tags,
            (writing, link, tags) -> put(writing, with(link, link.name(), link.description(), tags)));

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
            put(writing, link);
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

    private static Answer list(Call call) {
        return call.read(
                reading -> call.page(reading, KIND, "", Order.NEWEST_FIRST, entry -> Documents.wire(read(entry))));
    }

    private static Answer get(Call call) {
        String id = call.label("vpclink_id");
        VpcLink link = call.read(reading -> one(reading, id));
        return Answer.json(Tags.shown(Documents.wire(link)));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateVpcLinkInput").patchOperations();
        String id = call.label("vpclink_id");
        VpcLink updated = call.write(writing -> {
            VpcLink after = PATCH.apply(one(writing, id), operations);
            put(writing, after);
            return after;
        });
        return Answer.json(Tags.shown(Documents.wire(updated)));
    }

    private static Answer delete(Call call) {
        String id = call.label("vpclink_id");
        if (!call.<Boolean>write(writing -> writing.remove(Key.of(KIND, id)))) {
            throw ControlError.notFound(UNKNOWN);
        }
        return Answer.NOTHING;
    }

    private static VpcLink one(Reading reading, String id) {
        return reading.get(Key.of(KIND, id))
                .map(VpcLinkOperations::read)
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    private static VpcLink read(Entry entry) {
        return Documents.read(entry.json(), VpcLink.class);
    }

    private static void put(Writing writing, VpcLink link) {
        writing.put(Key.of(KIND, link.id()), Documents.text(link));
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
