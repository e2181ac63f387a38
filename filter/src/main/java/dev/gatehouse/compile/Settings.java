package dev.gatehouse.compile;

import dev.gatehouse.dataplane.snapshot.Logging;
import dev.gatehouse.definition.ApiDefinition;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Resource;
import dev.gatehouse.engine.limit.Level;
import dev.gatehouse.engine.limit.Limit;
import dev.gatehouse.engine.limit.Rate;
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

    /**
     * The limit for all callers of a method together, from its own settings or from those for all methods, which give each method a
     * bucket of its own. Amazon's defaults are those of the account, so they say as much as nothing.
     *
     * @return null for none
     */
    Limit throttle(String apiId, String stageName, Resource resource, String verb) {
        MethodSetting setting = byKey.getOrDefault(key(resource, verb), byKey.get(ALL));
        MethodSetting defaults = MethodSetting.DEFAULTS;
        boolean unset = setting == null
                || setting.throttlingBurstLimit() == defaults.throttlingBurstLimit()
                        && setting.throttlingRateLimit() == defaults.throttlingRateLimit();
        return unset
                ? null
                : new Limit(
                        Level.METHOD,
                        "stage/" + apiId + "/" + stageName + resource.path() + "/" + verb,
                        new Rate(setting.throttlingRateLimit(), setting.throttlingBurstLimit()));
    }

    /** {@code pets/{petId}/GET}, and {@code /GET} for the root. */
    private static String key(Resource resource, String verb) {
        return resource.path().substring(1) + "/" + verb;
    }
}
