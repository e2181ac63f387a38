package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.BasePathMapping;
import java.util.List;
import java.util.regex.Pattern;

/** Operations on base path mappings: each an entry below its domain name. */
final class BasePathMappingOperations {

    static final String KIND = "basepathmapping";

    /** Also in paths of requests, where it comes as {@code %28none%29}. */
    private static final String NONE = HostedDomain.ROOT;

    private static final String UNKNOWN = "Invalid base path mapping identifier specified";
    private static final String ALL_OF_DOMAIN = "/domainnames/{domain_name}/basepathmappings";
    private static final String ONE = ALL_OF_DOMAIN + "/{base_path}";

    static final List<Operation> ALL = List.of(
            Operation.of("CreateBasePathMapping", "POST", ALL_OF_DOMAIN, 201, BasePathMappingOperations::create),
            Operation.of("GetBasePathMappings", "GET", ALL_OF_DOMAIN, 200, BasePathMappingOperations::list),
            Operation.of("GetBasePathMapping", "GET", ONE, 200, BasePathMappingOperations::get),
            Operation.of("UpdateBasePathMapping", "PATCH", ONE, 200, BasePathMappingOperations::update),
            Operation.of("DeleteBasePathMapping", "DELETE", ONE, 202, BasePathMappingOperations::delete));

    /** API Gateway developer guide, quotas; a slash has its own text. */
    private static final Pattern BASE_PATH = Pattern.compile("[a-zA-Z0-9$_.+!*'()-]{1,300}");

    /** Two members are spelled in two ways: as in the API reference, and as some clients send them. */
    private static final Patch<BasePathMapping> PATCH = Patch.<BasePathMapping>of(Patch.LISTING)
            .on("replace", "/basepath", BasePathMappingOperations::moved)
            .on("replace", "/restapiId", BasePathMappingOperations::toApi)
            .on(
                    "replace",
                    "/stage",
                    (mapping, op) -> new BasePathMapping(mapping.basePath(), mapping.restApiId(), op.valueOrNull()))
            .on("replace", "/basePath", BasePathMappingOperations::moved)
            .on("replace", "/restApiId", BasePathMappingOperations::toApi);

    private BasePathMappingOperations() {}

    private static Answer create(Call call) {
        Members body = call.body("createBasePathMappingInput");
        String basePath = body.string("basePath");
        String apiId = body.required("restApiId");
        String stage = body.string("stage");
        String domain = Domains.reference(call);
        BasePathMapping created = call.write(writing -> {
            Domains.get(writing, domain);
            BasePathMapping mapping =
                    new BasePathMapping(basePath(basePath), apiId, stage == null || stage.isEmpty() ? null : stage);
            checkTarget(writing, mapping);
            checkFree(writing, domain, mapping.basePath());
            put(writing, domain, mapping);
            return mapping;
        });
        call.publishDomains();
        return Answer.json(Documents.wire(created));
    }

    private static Answer list(Call call) {
        String domain = Domains.reference(call);
        return call.read(reading -> {
            Domains.get(reading, domain);
            return call.page(reading, KIND, domain, Order.OLDEST_FIRST, entry -> Documents.wire(read(entry)));
        });
    }

    private static Answer get(Call call) {
        String domain = Domains.reference(call);
        String basePath = call.label("base_path");
        return Answer.json(Documents.wire(call.<BasePathMapping>read(reading -> one(reading, domain, basePath))));
    }

    private static Answer update(Call call) {
        List<PatchOperation> operations =
                call.body("updateBasePathMappingInput").patchOperations();
        String domain = Domains.reference(call);
        String basePath = call.label("base_path");
        BasePathMapping updated = call.write(writing -> {
            BasePathMapping before = one(writing, domain, basePath);
            BasePathMapping after = PATCH.apply(before, operations);
            checkTarget(writing, after);
            if (!after.basePath().equals(before.basePath())) {
                checkFree(writing, domain, after.basePath());
                writing.remove(new Key(KIND, domain, before.basePath()));
            }
            put(writing, domain, after);
            return after;
        });
        call.publishDomains();
        return Answer.json(Documents.wire(updated));
    }

    private static Answer delete(Call call) {
        String domain = Domains.reference(call);
        String basePath = call.label("base_path");
        call.write(writing -> {
            BasePathMapping mapping = one(writing, domain, basePath);
            return writing.remove(new Key(KIND, domain, mapping.basePath()));
        });
        call.publishDomains();
        return Answer.NOTHING;
    }

    private static BasePathMapping one(Reading reading, String domain, String basePath) {
        Domains.get(reading, domain);
        return reading.get(new Key(KIND, domain, basePath))
                .map(BasePathMappingOperations::read)
                .orElseThrow(() -> ControlError.notFound(UNKNOWN));
    }

    static List<BasePathMapping> of(Reading reading, String domain) {
        return reading.list(KIND, domain).stream()
                .map(BasePathMappingOperations::read)
                .toList();
    }

    /** @return the domain names that lead to a stage, or to any of an API where the stage is null */
    static List<String> domainsLeadingTo(Reading reading, String apiId, String stage) {
        return reading.list(Domains.KIND, "").stream()
                .filter(domain -> of(reading, domain.key().id()).stream()
                        .anyMatch(mapping ->
                                mapping.restApiId().equals(apiId) && (stage == null || stage.equals(mapping.stage()))))
                .map(domain -> Domains.read(domain).domainName())
                .toList();
    }

    private static BasePathMapping read(Entry entry) {
        return Documents.read(entry.json(), BasePathMapping.class);
    }

    private static void put(Writing writing, String domain, BasePathMapping mapping) {
        writing.put(new Key(KIND, domain, mapping.basePath()), Documents.text(mapping));
    }

    private static BasePathMapping moved(BasePathMapping mapping, PatchOperation operation) {
        return new BasePathMapping(basePath(operation.value()), mapping.restApiId(), mapping.stage());
    }

    private static BasePathMapping toApi(BasePathMapping mapping, PatchOperation operation) {
        return new BasePathMapping(mapping.basePath(), String.valueOf(operation.value()), mapping.stage());
    }

    /** @param given null or empty is none */
    private static String basePath(String given) {
        if (given == null || given.isEmpty() || given.equals(NONE)) {
            return NONE;
        }
        if (given.contains("/")) {
            throw ControlError.badRequest("API Gateway V1 doesn't support the slash character (/) in base path"
                    + " mappings. To create a multi-level base path mapping, use API Gateway V2.");
        }
        if (!BASE_PATH.matcher(given).matches()) {
            throw ControlError.badRequest(
                    "Invalid base path specified: up to 300 letters, digits and $-_.+!*'() are allowed");
        }
        return given;
    }

    private static void checkTarget(Reading reading, BasePathMapping mapping) {
        if (Apis.find(reading, mapping.restApiId()).isEmpty()) {
            throw ControlError.badRequest("Invalid REST API identifier specified");
        }
        if (mapping.stage() != null
                && Stages.findStage(reading, mapping.restApiId(), mapping.stage())
                        .isEmpty()) {
            throw ControlError.badRequest("Invalid stage identifier specified");
        }
    }

    private static void checkFree(Reading reading, String domain, String basePath) {
        if (reading.get(new Key(KIND, domain, basePath)).isPresent()) {
            throw ControlError.conflict("Base path already exists for this domain name");
        }
    }
}
