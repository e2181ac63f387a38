package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.Integration;
import dev.gatehouse.definition.Method;
import dev.gatehouse.definition.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A method where it lies: in its resource, in its API.
 *
 * @param method null where the resource has no such method
 */
record Methods(ApiDefinition api, Resource resource, String verb, Method method) {

    static final String PATH = "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}";
    static final String UNKNOWN = "Invalid Method identifier specified";

    private static final Pattern REQUEST_PARAMETER = Pattern.compile(
            "method\\.request\\.(querystring|multivaluequerystring|header|multivalueheader|path)\\.\\S+");
    private static final Pattern RESPONSE_PARAMETER = Pattern.compile("method\\.response\\.header\\.\\S+");

    /** A place for a method, whether there is one or not. */
    static Methods place(Reading reading, Call call) {
        ApiDefinition api = Apis.getOr(reading, call.label("restapi_id"), ResourceOperations.UNKNOWN);
        Resource resource = Apis.resource(api, call.label("resource_id"));
        String verb = call.label("http_method");
        return new Methods(api, resource, verb, resource.resourceMethods().get(verb));
    }

    /** A method that must be there. */
    static Methods get(Reading reading, Call call) {
        Methods place = place(reading, call);
        if (place.method() == null) {
            throw ControlError.notFound(UNKNOWN);
        }
        return place;
    }

    /** The method that a test invocation runs: a verb that the resource does not have is one of {@code ANY}, if that is there. */
    static Methods invoked(Reading reading, Call call) {
        Methods place = place(reading, call);
        Method any = place.resource().resourceMethods().get("ANY");
        if (place.method() == null && any == null) {
            throw ControlError.notFound(UNKNOWN);
        }
        return place.method() != null ? place : new Methods(place.api(), place.resource(), place.verb(), any);
    }

    Integration integration() {
        if (method == null || method.methodIntegration() == null) {
            throw ControlError.notFound(IntegrationOperations.UNKNOWN);
        }
        return method.methodIntegration();
    }

    /** Keeps the API with this method. */
    void put(Writing writing, Method changed) {
        Map<String, Method> methods = new LinkedHashMap<>(resource.resourceMethods());
        methods.put(verb, changed);
        put(writing, methods);
    }

    void put(Writing writing, Integration changed) {
        put(writing, method.with(draft -> draft.methodIntegration = changed));
    }

    /** Keeps the API without it. */
    void remove(Writing writing) {
        Map<String, Method> methods = new LinkedHashMap<>(resource.resourceMethods());
        methods.remove(verb);
        put(writing, methods);
    }

    private void put(Writing writing, Map<String, Method> methods) {
        Resource changed =
                new Resource(resource.id(), resource.parentId(), resource.pathPart(), resource.path(), methods);
        List<Resource> resources = api.resources().stream()
                .map(other -> other.id().equals(changed.id()) ? changed : other)
                .toList();
        Apis.put(writing, api.with(draft -> draft.resources = resources));
    }

    static void checkRequestParameters(Iterable<String> names) {
        names.forEach(name -> checkExpression(name, REQUEST_PARAMETER));
    }

    static void checkResponseParameters(Iterable<String> names) {
        names.forEach(name -> checkExpression(name, RESPONSE_PARAMETER));
    }

    private static void checkExpression(String name, Pattern pattern) {
        if (!pattern.matcher(name).matches()) {
            throw ControlError.badRequest(
                    "Invalid mapping expression specified: Validation Result: warnings : [], errors"
                            + " : [Invalid mapping expression specified: " + name + "]");
        }
    }

    void checkModels(Iterable<String> names) {
        for (String name : names) {
            if (api.models().stream().noneMatch(model -> model.name().equals(name))) {
                throw ControlError.badRequest("Invalid model identifier specified: " + name);
            }
        }
    }
}
