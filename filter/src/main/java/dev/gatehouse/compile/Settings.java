package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Resource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The method settings of a stage: a method's own entirely, else those for all methods (API Gateway developer guide, "stage
 * settings").
 */
record Settings(Map<String, MethodSetting> byKey) {

    private static final String ALL = "*/*";

    /** A setting for a method that is not there would look as if it did something. */
    void check(ApiDefinition definition, Place place) {
        Set<String> known = new HashSet<>(Set.of(ALL));
        for (Resource resource : definition.resources()) {
            resource.resourceMethods().keySet().forEach(verb -> known.add(key(resource, verb)));
        }
        for (String key : byKey.keySet()) {
            if (!known.contains(key)) {
                place.at(key).problem("the API has no method " + key);
            }
        }
    }

    Logging logging(Resource resource, String verb) {
        MethodSetting setting = byKey.getOrDefault(key(resource, verb), byKey.get(ALL));
        return setting == null || setting.loggingLevel() == null
                ? Logging.OFF
                : new Logging(Logging.Level.valueOf(setting.loggingLevel().name()), setting.dataTraceEnabled());
    }

    /** {@code pets/{petId}/GET}, and {@code /GET} for the root. */
    private static String key(Resource resource, String verb) {
        return resource.path().substring(1) + "/" + verb;
    }
}
