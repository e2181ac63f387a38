package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A client on the HTTP client of the JDK, with Jackson. */
final class JavaRecipe implements Recipe {

    private static final Pattern BUILD_SYSTEM = Pattern.compile("maven|gradle");

    @Override
    public String id() {
        return "java";
    }

    @Override
    public String friendlyName() {
        return "Java";
    }

    @Override
    public String description() {
        return "A client for Java 11 and later, on the HTTP client of the JDK";
    }

    @Override
    public List<SdkParameter> parameters() {
        return List.of(
                SdkParameter.required(
                        "service.name",
                        "serviceName",
                        "Service Name",
                        "Name of the client class, without its suffix Client: letters and digits",
                        SdkParameter.NAME),
                SdkParameter.required(
                        "java.package-name",
                        "javaPackageName",
                        "Java Package Name",
                        "Package of the generated classes, such as com.example.pets",
                        SdkParameter.PACKAGE),
                SdkParameter.optional(
                        "java.build-system",
                        "javaBuildSystem",
                        "Java Build System",
                        "The build that comes along: maven or gradle",
                        "maven",
                        BUILD_SYSTEM),
                SdkParameter.optional(
                        "java.group-id",
                        "javaGroupId",
                        "Java Group Id",
                        "Group id of the artifact; the package name where it is absent",
                        null,
                        SdkParameter.COORDINATE),
                SdkParameter.optional(
                        "java.artifact-id",
                        "javaArtifactId",
                        "Java Artifact Id",
                        "Id of the artifact; made of the service name where it is absent",
                        null,
                        SdkParameter.COORDINATE),
                SdkParameter.optional(
                        "java.artifact-version",
                        "javaArtifactVersion",
                        "Java Artifact Version",
                        "Version of the artifact: letters, digits, dots and hyphens",
                        "1.0-SNAPSHOT",
                        SdkParameter.COORDINATE),
                SdkParameter.INVOKE_URL);
    }

    @Override
    public String generator() {
        return "java";
    }

    @Override
    public String service(SdkParameters parameters, String title) {
        return parameters.get("service.name");
    }

    @Override
    public Map<String, Object> options(SdkParameters parameters, String service) {
        String name = parameters.get("java.package-name");
        return Map.ofEntries(
                Map.entry("library", "native"),
                Map.entry("invokerPackage", name),
                Map.entry("apiPackage", name),
                Map.entry("modelPackage", name + ".model"),
                Map.entry("apiNameSuffix", "Client"),
                Map.entry("groupId", parameters.get("java.group-id", name)),
                Map.entry("artifactId", parameters.get("java.artifact-id", service.toLowerCase(Locale.ROOT) + "-sdk")),
                Map.entry("artifactVersion", parameters.get("java.artifact-version")),
                Map.entry("openApiNullable", false),
                Map.entry("useJakartaEe", true));
    }

    @Override
    public boolean drops(SdkParameters parameters, String file) {
        return file.endsWith("AndroidManifest.xml")
                || ("maven".equals(parameters.get("java.build-system"))
                        ? file.matches("build\\.gradle|settings\\.gradle|gradle\\.properties")
                        : file.equals("pom.xml"));
    }

    @Override
    public Map<String, String> additions(SdkParameters parameters, String service, ClientDocument document) {
        String name = parameters.get("java.package-name");
        return Map.of(
                "src/main/java/" + name.replace('.', '/') + "/GatewayCredentials.java",
                Resources.text("java/GatewayCredentials.java").replace("${package}", name));
    }
}
