package dev.gatehouse.engine.lambda;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The client context as mobile SDKs write it: {@code client}, {@code custom} and {@code env}. */
record AwsClientContext(JsonNode document) implements ClientContext, Client {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @throws IllegalArgumentException where the text is no JSON */
    static AwsClientContext parse(String json) {
        try {
            return new AwsClientContext(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("client context is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Client getClient() {
        return this;
    }

    @Override
    public Map<String, String> getCustom() {
        return map("custom");
    }

    @Override
    public Map<String, String> getEnvironment() {
        return map("env");
    }

    @Override
    public String getInstallationId() {
        return client("installation_id");
    }

    @Override
    public String getAppTitle() {
        return client("app_title");
    }

    @Override
    public String getAppVersionName() {
        return client("app_version_name");
    }

    @Override
    public String getAppVersionCode() {
        return client("app_version_code");
    }

    @Override
    public String getAppPackageName() {
        return client("app_package_name");
    }

    private String client(String name) {
        return document.path("client").path(name).asText(null);
    }

    private Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        document.path(name)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
