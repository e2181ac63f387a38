package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.InvalidConfigurationException;
import dev.gatehouse.controlplane.control.Caller;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.EncryptionKey;
import dev.gatehouse.controlplane.store.InMemoryStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.IamException;

/** Users that are kept, when the gateway starts and when its configuration changes. */
class IdentityStoreStartTest {

    private static final String MAY_READ =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":\"*\"}}";
    private static final String DECLARED = """
              - arn: arn:aws:iam::123456789012:user/other/ADA
                accessKeyId: {env: DECLARED_ID}
                secretAccessKey: {env: OPERATOR_SECRET}
            """;

    @TempDir
    Path directory;

    private final Map<String, String> files = new HashMap<>();

    @Test
    void usersOutliveTheGatewayAndAreEnoughToStartIt() throws Exception {
        files.put("gatehouse.yaml", configuration());
        AccessKey key;
        try (IdentityStoreServer server = server()) {
            key = newKey(server);
        }
        files.put("gatehouse.yaml", configuration().replaceAll("(?s)identities:.*(?=controlPlane)", ""));
        try (IdentityStoreServer server = server()) {
            assertThat(mayRead(server, key)).isTrue();
        }
    }

    @Test
    void aWrongKeyOrNoneIsToldAtTheStart() throws Exception {
        files.put("gatehouse.yaml", configuration());
        AccessKey key;
        try (IdentityStoreServer server = server()) {
            key = newKey(server);
        }
        files.put("gatehouse.yaml", configuration().replace("STORE_KEY", "OTHER_STORE_KEY"));
        assertThatThrownBy(this::server)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("controlPlane#/encryptionKey: ")
                .hasMessageContaining("was encrypted with another key");
        files.put("gatehouse.yaml", configuration().replace(", encryptionKey: {env: STORE_KEY}", ""));
        assertThatThrownBy(this::server)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "controlPlane#/encryptionKey: the store is encrypted, and there is no key for it");
        files.put("gatehouse.yaml", configuration());
        try (IdentityStoreServer server = server()) {
            assertThat(mayRead(server, key)).isTrue();
        }
    }

    /** Whatever the case of the name, and wherever its path: policies may speak of names. */
    @Test
    void aUserThatTheConfigurationDeclaresLaterStandsAlone() throws Exception {
        files.put("gatehouse.yaml", configuration());
        try (IdentityStoreServer server = server()) {
            AccessKey key = newKey(server);
            assertThat(mayRead(server, key)).isTrue();

            files.put("gatehouse.yaml", configuration().replace("controlPlane:", DECLARED + "controlPlane:"));
            assertThat(server.redeploy()).isEmpty();
            assertThat(mayRead(server, key)).isFalse();

            files.put("gatehouse.yaml", configuration());
            assertThat(server.redeploy()).isEmpty();
            assertThat(mayRead(server, key)).isTrue();
        }
    }

    @Test
    void aStoreThatTheApplicationHasEncryptedKeepsUsersToo() throws Exception {
        files.put("gatehouse.yaml", configuration().replaceAll("controlPlane: .*", "controlPlane: {}"));
        try (IdentityStoreServer server = new IdentityStoreServer(
                files,
                builder -> builder.controlPlane(EncryptedStore.over(new InMemoryStore(), EncryptionKey.random())))) {
            assertThat(mayRead(server, newKey(server))).isTrue();
        }
    }

    /** It has been asked who may manage APIs, and not who may give rights to others. */
    @Test
    void aGatekeeperOfTheApplicationLetsNobodyHandOutKeys() throws Exception {
        files.put("gatehouse.yaml", "controlPlane: {encryptionKey: {env: STORE_KEY}}\n");
        try (IdentityStoreServer server = new IdentityStoreServer(
                        files,
                        builder -> builder.controlPlane(
                                new InMemoryStore(), (request, tags) -> new Caller("somebody", "eu-central-1")));
                IamClient iam = server.iam()) {
            assertThatThrownBy(() -> iam.createUser(one -> one.userName("ada")))
                    .isInstanceOfSatisfying(
                            IamException.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(404));
        }
    }

    private IdentityStoreServer server() throws Exception {
        return new IdentityStoreServer(files, UnaryOperator.identity());
    }

    private String configuration() {
        return IdentityStoreProcess.configuration(directory.toString());
    }

    private static AccessKey newKey(IdentityStoreServer server) {
        try (IamClient iam = server.iam()) {
            iam.createUser(one -> one.userName("ada"));
            iam.putUserPolicy(one -> one.userName("ada").policyName("reads").policyDocument(MAY_READ));
            return iam.createAccessKey(one -> one.userName("ada")).accessKey();
        }
    }

    private static boolean mayRead(IdentityStoreServer server, AccessKey key) {
        try (ApiGatewayClient client = server.apiGateway(key.accessKeyId(), key.secretAccessKey())) {
            client.getRestApis();
            return true;
        } catch (ApiGatewayException refused) {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
            return false;
        }
    }
}
