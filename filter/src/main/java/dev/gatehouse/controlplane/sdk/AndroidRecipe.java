package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Map;

/** A client in Java on OkHttp and Gson, which run on Android. */
final class AndroidRecipe implements Recipe {

    @Override
    public String id() {
        return "android";
    }

    @Override
    public String friendlyName() {
        return "Android";
    }

    @Override
    public String description() {
        return "A client in Java for Android, on OkHttp and Gson";
    }

    @Override
    public List<SdkParameter> parameters() {
        return List.of(
                coordinate("groupId", "Group ID", "Group id of the artifact, such as com.example"),
                SdkParameter.required(
                        "invokerPackage",
                        "invokerPackage",
                        "Invoker package",
                        "Package of the generated classes, such as com.example.pets",
                        SdkParameter.PACKAGE),
                coordinate("artifactId", "Artifact ID", "Id of the artifact: letters, digits, dots and hyphens"),
                coordinate(
                        "artifactVersion",
                        "Artifact version",
                        "Version of the artifact: letters, digits, dots and hyphens"),
                SdkParameter.INVOKE_URL);
    }

    private static SdkParameter coordinate(String name, String friendlyName, String description) {
        return SdkParameter.required(name, name, friendlyName, description, SdkParameter.COORDINATE);
    }

    @Override
    public String generator() {
        return "java";
    }

    @Override
    public String service(SdkParameters parameters, String title) {
        return title;
    }

    @Override
    public Map<String, Object> options(SdkParameters parameters, String service) {
        String name = parameters.get("invokerPackage");
        return Map.ofEntries(
                Map.entry("library", "okhttp-gson"),
                Map.entry("invokerPackage", name),
                Map.entry("apiPackage", name),
                Map.entry("modelPackage", name + ".model"),
                Map.entry("apiNameSuffix", "Client"),
                Map.entry("groupId", parameters.get("groupId")),
                Map.entry("artifactId", parameters.get("artifactId")),
                Map.entry("artifactVersion", parameters.get("artifactVersion")),
                Map.entry("openApiNullable", false),
                Map.entry("useJakartaEe", true));
    }
}
