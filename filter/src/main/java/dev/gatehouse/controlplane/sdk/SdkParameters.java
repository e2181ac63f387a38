package dev.gatehouse.controlplane.sdk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a caller asked for, checked, by the names that GetSdkTypes tells. */
final class SdkParameters {

    private final Map<String, String> values;

    private SdkParameters(Map<String, String> values) {
        this.values = values;
    }

    /** @param problems gets a sentence for everything that is wrong */
    static SdkParameters of(Recipe recipe, Map<String, String> given, List<String> problems) {
        Map<String, String> values = new HashMap<>();
        for (SdkParameter parameter : recipe.parameters()) {
            List<String> own = given.entrySet().stream()
                    .filter(entry -> parameter.isCalled(entry.getKey())
                            && !entry.getValue().isEmpty())
                    .map(Map.Entry::getValue)
                    .distinct()
                    .toList();
            SdkConfigurationProperty shown = parameter.shown();
            if (own.isEmpty() && shown.required()) {
                problems.add("Missing required parameter " + shown.name() + " of SDK type " + recipe.id());
            } else if (own.size() > 1) {
                problems.add("Parameter " + shown.name() + " is given twice, with different values");
            } else if (own.size() == 1 && !parameter.takes(own.get(0))) {
                problems.add("Invalid value of parameter " + shown.name() + ". " + shown.description());
            } else if (own.size() == 1 || shown.defaultValue() != null) {
                values.put(shown.name(), own.isEmpty() ? shown.defaultValue() : own.get(0));
            }
        }
        given.keySet().stream()
                .filter(name -> recipe.parameters().stream().noneMatch(parameter -> parameter.isCalled(name)))
                .sorted()
                .forEach(name -> problems.add("SDK type " + recipe.id() + " has no parameter " + Text.plain(name)));
        return new SdkParameters(values);
    }

    /** @return null where it was not given and has no default */
    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
