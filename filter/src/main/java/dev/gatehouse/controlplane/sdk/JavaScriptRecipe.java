package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Modules that browsers and Node load as they are. The generated transport, which needs a library and a compiler, is replaced by
 * one of ours on {@code fetch} that can sign.
 */
final class JavaScriptRecipe implements Recipe {

    private static final Pattern IMPORT = Pattern.compile("(?m)^(import .* from )(['\"])(\\.[^'\"]*?)(?:\\.js)?\\2;");

    @Override
    public String id() {
        return "javascript";
    }

    @Override
    public String friendlyName() {
        return "JavaScript";
    }

    @Override
    public String description() {
        return "A client in JavaScript for browsers and Node, as modules without dependencies";
    }

    @Override
    public List<SdkParameter> parameters() {
        return List.of(SdkParameter.INVOKE_URL);
    }

    @Override
    public String generator() {
        return "javascript";
    }

    @Override
    public String service(SdkParameters parameters, String title) {
        return title;
    }

    @Override
    public Map<String, Object> options(SdkParameters parameters, String service) {
        return Map.of(
                "usePromises", true, "projectName", name(service), "moduleName", service, "projectVersion", "1.0.0");
    }

    private static String name(String service) {
        return service.toLowerCase(Locale.ROOT) + "-sdk";
    }

    @Override
    public boolean drops(SdkParameters parameters, String file) {
        return file.equals("mocha.opts");
    }

    /** Node and browsers want the name of the file. */
    @Override
    public String edited(String file, String text) {
        return file.endsWith(".js") ? IMPORT.matcher(text).replaceAll("$1$2$3.js$2;") : text;
    }

    @Override
    public Map<String, String> additions(SdkParameters parameters, String service, ClientDocument document) {
        return Map.of(
                "src/ApiClient.js",
                Resources.text("javascript/ApiClient.js")
                        .replace("${basePath}", Resources.json(document.invokeUrl()))
                        .replace("${authentications}", Resources.json(document.authentications())),
                "package.json",
                Resources.text("javascript/package.json").replace("${name}", name(service)),
                "README.md",
                Resources.text("javascript/README.md")
                        .replace("${name}", name(service))
                        .replace("${service}", service));
    }
}
