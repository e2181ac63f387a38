package dev.gatehouse.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the environment says, as a {@code gatehouse.yaml}: so every value is checked as it would be in a file, and what is wrong
 * is told in the same words.
 *
 * @param variables value of a variable; null where it is not set
 * @param properties value of a system property of that name, for containers that give applications no environment
 */
record Environment(Function<String, String> variables, Function<String, String> properties) {

    static final String ACCESS_KEY_ID = "GATEHOUSE_ACCESS_KEY_ID";
    static final String SECRET_ACCESS_KEY = "GATEHOUSE_SECRET_ACCESS_KEY";
    static final String ACCOUNT_ID = "GATEHOUSE_ACCOUNT_ID";
    static final String REGION = "GATEHOUSE_REGION";
    static final String DIRECTORY = "GATEHOUSE_DIRECTORY";
    static final String STORE_KEY = "GATEHOUSE_STORE_KEY";
    static final String NETWORKS = "GATEHOUSE_NETWORKS";
    static final String AWS_ENDPOINT = "GATEHOUSE_AWS_ENDPOINT";
    static final String AWS_ACCESS_KEY_ID = "GATEHOUSE_AWS_ACCESS_KEY_ID";
    static final String AWS_SECRET_ACCESS_KEY = "GATEHOUSE_AWS_SECRET_ACCESS_KEY";

    private static final String ACCOUNT = "000000000000";

    static Environment ofProcess() {
        return new Environment(System::getenv, System::getProperty);
    }

    /** Where definitions and the usage of quotas are kept; empty where they are to be forgotten with the process. */
    Optional<String> directory() {
        return find(DIRECTORY);
    }

    /** Whether what is kept is encrypted with a key of the environment. */
    boolean hasStoreKey() {
        return find(STORE_KEY).isPresent();
    }

    /** @throws IllegalStateException naming every variable that is missing */
    String configuration() {
        List<String> missing = new ArrayList<>();
        require(ACCESS_KEY_ID, missing);
        require(SECRET_ACCESS_KEY, missing);
        if (find(AWS_ACCESS_KEY_ID).isPresent() != find(AWS_SECRET_ACCESS_KEY).isPresent()) {
            missing.add(find(AWS_ACCESS_KEY_ID).isPresent() ? AWS_SECRET_ACCESS_KEY : AWS_ACCESS_KEY_ID);
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "The gateway has no access key of its own and lets nobody in without one. Not set: "
                            + String.join(", ", missing));
        }
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode document() {
        String account = find(ACCOUNT_ID).orElse(ACCOUNT);
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("accountId", account);
        find(REGION).ifPresent(region -> root.put("region", region));
        // what no API takes goes on to the control plane, which is mapped behind the filter
        root.put("unmatched", "pass");
        root.putArray("apis");
        // the root of an account may do everything in it, as with Amazon
        ObjectNode identity = root.putArray("identities").addObject();
        identity.put("arn", "arn:aws:iam::" + account + ":root");
        keys(identity, ACCESS_KEY_ID, SECRET_ACCESS_KEY);
        controlPlane(root.putObject("controlPlane"));
        // a quota that a restart gives anew would be none; beside the database, whose directory is only its owner's if
        // it makes it
        directory().ifPresent(directory -> root.putObject("usageData").put("directory", Path.of(directory) + "-usage"));
        boolean others = find(AWS_ACCESS_KEY_ID).isPresent();
        ObjectNode credentials = root.putObject("credentials").putObject("services");
        keys(
                credentials,
                others ? AWS_ACCESS_KEY_ID : ACCESS_KEY_ID,
                others ? AWS_SECRET_ACCESS_KEY : SECRET_ACCESS_KEY);
        services(root.putObject("aws"));
        return root;
    }

    private void controlPlane(ObjectNode controlPlane) {
        directory().ifPresent(directory -> controlPlane.put("directory", directory));
        if (hasStoreKey()) {
            reference(controlPlane, "encryptionKey", STORE_KEY);
        }
        find(NETWORKS).ifPresent(networks -> {
            ArrayNode list = controlPlane.putArray("networks");
            for (String network : networks.split(",")) {
                list.add(network.strip());
            }
        });
    }

    private void services(ObjectNode aws) {
        find(AWS_ENDPOINT)
                .ifPresent(endpoint -> aws.putArray("endpoints")
                        .addObject()
                        .put("endpoint", endpoint)
                        .put("credentials", "services"));
        aws.putArray("roles").addObject().put("roleArn", "*").put("credentials", "services");
    }

    private void keys(ObjectNode node, String accessKeyId, String secretAccessKey) {
        reference(node, "accessKeyId", accessKeyId);
        reference(node, "secretAccessKey", secretAccessKey);
    }

    /** References, not values: what is generated can be logged. */
    private void reference(ObjectNode node, String key, String name) {
        node.putObject(key).put(variables.apply(name) == null ? "property" : "env", name);
    }

    private void require(String name, List<String> missing) {
        if (find(name).isEmpty()) {
            missing.add(name);
        }
    }

    private Optional<String> find(String name) {
        String variable = variables.apply(name);
        String value = variable == null ? properties.apply(name) : variable;
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
