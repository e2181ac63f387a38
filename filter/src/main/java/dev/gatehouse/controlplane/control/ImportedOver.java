package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.openapi.IdSource;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.ApiKeySourceType;
import dev.gatehouse.definition.Authorizer;
import dev.gatehouse.definition.DocumentationPart;
import dev.gatehouse.definition.EndpointConfiguration;
import dev.gatehouse.definition.GatewayResponse;
import dev.gatehouse.definition.GatewayResponseType;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Model;
import dev.gatehouse.definition.RequestValidator;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.definition.RestApi;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** An API that a document is imported over (API Gateway developer guide, update an API from OpenAPI; partly recorded). */
final class ImportedOver {

    private ImportedOver() {}

    /** What is on both sides keeps its id, whatever the mode (recorded for resources). */
    static IdSource ids(ApiDefinition before, IdSource others) {
        Map<String, String> known = new HashMap<>();
        before.resources().forEach(one -> known.put(IdSource.Kind.RESOURCE + one.path(), one.id()));
        before.models().forEach(one -> known.put(IdSource.Kind.MODEL + one.name(), one.id()));
        before.authorizers().forEach(one -> known.put(IdSource.Kind.AUTHORIZER + one.name(), one.id()));
        before.requestValidators().forEach(one -> known.put(IdSource.Kind.REQUEST_VALIDATOR + one.name(), one.id()));
        return (kind, name) -> {
            String id = known.get(kind + name);
            return id == null ? others.idFor(kind, name) : id;
        };
    }

    /** @param overwrite whether what the document does not have goes away */
    static ApiDefinition of(ApiDefinition before, ApiDefinition imported, boolean overwrite) {
        RestApi api = restApi(before.restApi(), imported.restApi(), overwrite);
        List<DocumentationPart> parts = documentation(before.documentationParts(), imported.documentationParts());
        if (overwrite) {
            return imported.with(draft -> {
                draft.restApi = api;
                draft.documentationParts = kept(parts, imported.documentationParts());
            });
        }
        return new ApiDefinition(
                api,
                resources(before.resources(), imported.resources()),
                merged(before.models(), imported.models(), Model::name),
                merged(before.requestValidators(), imported.requestValidators(), RequestValidator::name),
                merged(before.authorizers(), imported.authorizers(), Authorizer::name),
                gatewayResponses(before, imported),
                parts);
    }

    /** Endpoint type, tags and identity survive; the document speaks of them only where it says more than nothing. */
    private static RestApi restApi(RestApi before, RestApi imported, boolean overwrite) {
        EndpointConfiguration endpoint = RestApiRules.withDefaults(before.endpointConfiguration());
        List<String> vpcEndpoints = imported.endpointConfiguration().vpcEndpointIds();
        return before.with(api -> {
            api.name = imported.name();
            api.version = imported.version();
            api.description = imported.description();
            Set<String> types = new LinkedHashSet<>(overwrite ? List.of() : before.binaryMediaTypes());
            types.addAll(imported.binaryMediaTypes());
            api.binaryMediaTypes = List.copyOf(types);
            api.policy = said(imported.policy(), before.policy(), overwrite);
            api.minimumCompressionSize =
                    said(imported.minimumCompressionSize(), before.minimumCompressionSize(), overwrite);
            ApiKeySourceType source = said(imported.apiKeySource(), before.apiKeySource(), overwrite);
            api.apiKeySource = source == null ? ApiKeySourceType.HEADER : source;
            api.securityPolicy = said(imported.securityPolicy(), before.securityPolicy(), false);
            api.endpointAccessMode = said(imported.endpointAccessMode(), before.endpointAccessMode(), false);
            api.disableExecuteApiEndpoint = imported.disableExecuteApiEndpoint() || before.disableExecuteApiEndpoint();
            api.endpointConfiguration = new EndpointConfiguration(
                    endpoint.types(),
                    imported.endpointConfiguration().ipAddressType(),
                    vpcEndpoints.isEmpty() ? endpoint.vpcEndpointIds() : vpcEndpoints);
        });
    }

    private static <T> T said(T imported, T before, boolean overwrite) {
        return imported != null || overwrite ? imported : before;
    }

    private static <T> List<T> merged(List<T> before, List<T> imported, Function<T, ?> name) {
        Map<Object, T> merged = new LinkedHashMap<>();
        before.forEach(one -> merged.put(name.apply(one), one));
        imported.forEach(one -> merged.put(name.apply(one), one));
        return List.copyOf(merged.values());
    }

    /** Methods of both sides; one that both have is the imported one as a whole. */
    private static List<Resource> resources(List<Resource> before, List<Resource> imported) {
        Map<String, Resource> byPath = new LinkedHashMap<>();
        before.forEach(one -> byPath.put(one.path(), one));
        for (Resource one : imported) {
            Resource existing = byPath.get(one.path());
            if (existing == null) {
                ResourceOperations.checkPlace(
                        List.copyOf(byPath.values()), byId(byPath, one.parentId()), one.pathPart(), null);
            }
            Map<String, Method> methods = new LinkedHashMap<>(existing == null ? Map.of() : existing.resourceMethods());
            methods.putAll(one.resourceMethods());
            byPath.put(one.path(), new Resource(one.id(), one.parentId(), one.pathPart(), one.path(), methods));
        }
        return List.copyOf(byPath.values());
    }

    private static Resource byId(Map<String, Resource> resources, String id) {
        return resources.values().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Map<GatewayResponseType, GatewayResponse> gatewayResponses(
            ApiDefinition before, ApiDefinition imported) {
        Map<GatewayResponseType, GatewayResponse> merged = new EnumMap<>(GatewayResponseType.class);
        merged.putAll(before.gatewayResponses());
        merged.putAll(imported.gatewayResponses());
        return merged;
    }

    /** A part for a place that has one takes its id. */
    static List<DocumentationPart> documentation(List<DocumentationPart> before, List<DocumentationPart> imported) {
        Map<Object, DocumentationPart> merged = new LinkedHashMap<>();
        before.forEach(part -> merged.put(part.location(), part));
        for (DocumentationPart part : imported) {
            DocumentationPart existing = merged.get(part.location());
            String id = existing == null ? part.id() : existing.id();
            merged.put(part.location(), new DocumentationPart(id, part.location(), part.properties()));
        }
        return new ArrayList<>(merged.values());
    }

    /** Of merged parts those that were imported. */
    static List<DocumentationPart> kept(List<DocumentationPart> merged, List<DocumentationPart> imported) {
        Set<Object> places = new LinkedHashSet<>();
        imported.forEach(part -> places.add(part.location()));
        return merged.stream().filter(part -> places.contains(part.location())).toList();
    }
}
