package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A gem on Faraday. */
final class RubyRecipe implements Recipe {

    @Override
    public String id() {
        return "ruby";
    }

    @Override
    public String friendlyName() {
        return "Ruby";
    }

    @Override
    public String description() {
        return "A client in Ruby, as a gem on Faraday";
    }

    @Override
    public List<SdkParameter> parameters() {
        return List.of(
                SdkParameter.required(
                        "service.name",
                        "serviceName",
                        "Service Name",
                        "Name of the module: letters only",
                        SdkParameter.LETTERS),
                SdkParameter.optional(
                        "ruby.gem-name",
                        "rubyGemName",
                        "Ruby Gem Name",
                        "Name of the gem: small letters, digits, hyphens and underscores; made of the service name where"
                                + " it is absent",
                        null,
                        SdkParameter.GEM),
                SdkParameter.optional(
                        "ruby.gem-version",
                        "rubyGemVersion",
                        "Ruby Gem Version",
                        "Version of the gem, such as 1.0.0",
                        "1.0.0",
                        SdkParameter.GEM_VERSION),
                SdkParameter.INVOKE_URL);
    }

    @Override
    public String generator() {
        return "ruby";
    }

    @Override
    public String service(SdkParameters parameters, String title) {
        return parameters.get("service.name");
    }

    @Override
    public Map<String, Object> options(SdkParameters parameters, String service) {
        return Map.of(
                "library", "faraday",
                "moduleName", Text.camel(service),
                "gemName", parameters.get("ruby.gem-name", service.toLowerCase(Locale.ROOT) + "-sdk"),
                "gemVersion", parameters.get("ruby.gem-version"));
    }
}
