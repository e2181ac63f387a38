package dev.gatehouse.controlplane.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Operations on the nodes of an API's path tree. */
final class ResourceOperations {

    static final String UNKNOWN = "Invalid Resource identifier specified";

    private static final String ONE = "/restapis/{restapi_id}/resources/{resource_id}";

    static final List<Operation> ALL = List.of(
            Operation.of(
                    "CreateResource",
                    "POST",
                    "/restapis/{restapi_id}/resources/{parent_id}",
                    201,
                    ResourceOperations::create),
            Operation.of("GetResources", "GET", "/restapis/{restapi_id}/resources", 200, ResourceOperations::list),
            Operation.of("GetResource", "GET", ONE, 200, ResourceOperations::get),
            Operation.of("UpdateResource", "PATCH", ONE, 200, ResourceOperations::update),
            Operation.of("DeleteResource", "DELETE", ONE, 202, ResourceOperations::delete));

    private static final Pattern PATH_PART = Pattern.compile("[a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._-]+\\+?}");

    /** A place in the tree is checked after each operation: the next one starts from a tree that holds. */
    private static final Patch<Place> PATCH = Patch.<Place>of(Patch.LISTING)
            .on("replace", "/parentId", (place, op) -> {
                if (place.resource().parentId() == null) {
                    throw ControlError.badRequest("Root resource cannot update its parentId.");
                }
                return place.moved(String.valueOf(op.value()), place.resource().pathPart());
            })
            .on("replace", "/pathPart", (place, op) -> {
                if (place.resource().parentId() == null) {
                    throw ControlError.badRequest("Root resource cannot update its pathPart.");
                }
                return place.moved(place.resource().parentId(), op.value() == null ? "" : op.value());
            });

    private ResourceOperations() {}

    private static Answer create(Call call) {
        String part = call.body("createResourceInput").required("pathPart");
        String apiId = call.label("restapi_id");
        String parentId = call.label("parent_id");
        Resource created = call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            Resource parent = Apis.resource(api, parentId);
            checkPlace(api.resources(), parent, part, null);
            Resource child = new Resource(call.home().newId(6), parent.id(), part, path(parent, part), Map.of());
            List<Resource> resources = new ArrayList<>(api.resources());
            resources.add(child);
            Apis.put(writing, api.with(draft -> draft.resources = resources));
            return child;
        });
        return Answer.json(shape(created, false));
    }

    private static Answer list(Call call) {
        boolean embed = call.queryAll("embed").contains("methods");
        String apiId = call.label("restapi_id");
        List<Resource> resources =
                call.read(reading -> Apis.get(reading, call, apiId).resources());
        return call.page(resources, Resource::id, resource -> shape(resource, embed));
    }

    private static Answer get(Call call) {
        boolean embed = call.queryAll("embed").contains("methods");
        String apiId = call.label("restapi_id");
        String id = call.label("resource_id");
        Resource resource = call.read(reading -> Apis.resource(Apis.getOr(reading, apiId, UNKNOWN), id));
        return Answer.json(shape(resource, embed));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations = call.body("updateResourceInput").patchOperations();
        String apiId = call.label("restapi_id");
        String id = call.label("resource_id");
        Resource updated = call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            Place place = PATCH.apply(new Place(api.resources(), Apis.resource(api, id)), operations);
            Apis.put(writing, api.with(draft -> draft.resources = place.tree()));
            return place.resource();
        });
        return Answer.json(shape(updated, false));
    }

    /** What is below goes with it. */
    private static Answer delete(Call call) {
        String apiId = call.label("restapi_id");
        String id = call.label("resource_id");
        call.write(writing -> {
            ApiDefinition api = Apis.getOr(writing, apiId, UNKNOWN);
            Resource resource = Apis.resource(api, id);
            if (resource.parentId() == null) {
                throw ControlError.badRequest("Root resource cannot be deleted.");
            }
            List<Resource> left = api.resources().stream()
                    .filter(other -> !isWithin(api.resources(), other, id))
                    .toList();
            Apis.put(writing, api.with(draft -> draft.resources = left));
            return left;
        });
        return Answer.NOTHING;
    }

    /** A resource in its tree. */
    private record Place(List<Resource> tree, Resource resource) {

        Place moved(String parentId, String part) {
            Resource parent = tree.stream()
                    .filter(other -> other.id().equals(parentId))
                    .findFirst()
                    .orElseThrow(() -> ControlError.notFound(UNKNOWN));
            if (isWithin(tree, parent, resource.id())) {
                throw ControlError.badRequest("Resources cannot be cyclical.");
            }
            checkPlace(tree, parent, part, resource.id());
            String before = resource.path();
            String after = path(parent, part);
            List<Resource> moved = new ArrayList<>();
            for (Resource other : tree) {
                if (other.id().equals(resource.id())) {
                    moved.add(new Resource(other.id(), parentId, part, after, other.resourceMethods()));
                } else if (isWithin(tree, other, resource.id())) {
                    String path = after + other.path().substring(before.length());
                    moved.add(new Resource(
                            other.id(), other.parentId(), other.pathPart(), path, other.resourceMethods()));
                } else {
                    moved.add(other);
                }
            }
            return new Place(
                    moved,
                    moved.stream()
                            .filter(other -> other.id().equals(resource.id()))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** @param self id of the resource that is there already; null for a new one */
    static void checkPlace(List<Resource> tree, Resource parent, String part, String self) {
        if (!PATH_PART.matcher(part).matches()) {
            throw ControlError.badRequest(
                    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable"
                            + " and curly braces at the beginning and the end.");
        }
        if (parent.pathPart() != null && parent.pathPart().endsWith("+}")) {
            throw ControlError.badRequest(
                    "Cannot create a child of a resource with a greedy path variable: " + parent.pathPart());
        }
        for (Resource other : tree) {
            if (parent.id().equals(other.parentId()) && !other.id().equals(self)) {
                if (other.pathPart().equals(part)) {
                    throw ControlError.conflict("Another resource with the same parent already has this name: " + part);
                }
                if (other.pathPart().startsWith("{") && part.startsWith("{")) {
                    throw ControlError.badRequest("A sibling (" + other.pathPart()
                            + ") of this resource already has a variable path part -- only one is allowed");
                }
            }
        }
    }

    /** Whether a resource is the one of that id, or below it. */
    private static boolean isWithin(List<Resource> tree, Resource resource, String id) {
        Resource at = resource;
        while (at != null && !at.id().equals(id)) {
            String parentId = at.parentId();
            at = tree.stream()
                    .filter(other -> other.id().equals(parentId))
                    .findFirst()
                    .orElse(null);
        }
        return at != null;
    }

    private static String path(Resource parent, String part) {
        return parent.parentId() == null ? "/" + part : parent.path() + "/" + part;
    }

    /** @param embed whether methods are told in full; otherwise each is an empty object */
    static ObjectNode shape(Resource resource, boolean embed) {
        ObjectNode shape = Documents.wire(resource);
        if (!embed && !resource.resourceMethods().isEmpty()) {
            ObjectNode methods = shape.putObject("resourceMethods");
            resource.resourceMethods().keySet().forEach(methods::putObject);
        }
        return shape;
    }
}
