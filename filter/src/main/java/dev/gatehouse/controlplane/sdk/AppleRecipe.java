package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Map;

/** Clients for iOS, whose classes all begin with a prefix. */
record AppleRecipe(String id, String friendlyName, String description, String generator) implements Recipe {

    @Override
    public List<SdkParameter> parameters() {
        return List.of(
                SdkParameter.required(
                        "classPrefix",
                        "classPrefix",
                        "Prefix",
                        "What the names of all classes begin with: letters, digits and underscores",
                        SdkParameter.PREFIX),
                SdkParameter.INVOKE_URL);
    }

    @Override
    public String service(SdkParameters parameters, String title) {
        return title;
    }

    @Override
    public Map<String, Object> options(SdkParameters parameters, String service) {
        String prefix = parameters.get("classPrefix");
        return generator.equals("objc")
                ? Map.of("classPrefix", prefix, "podName", prefix + service + "Client")
                : Map.of(
                        "projectName", prefix + service + "Client",
                        "modelNamePrefix", prefix,
                        "apiNamePrefix", prefix);
    }
}
