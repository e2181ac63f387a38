package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.controlplane.store.InMemoryStore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;
import software.amazon.awssdk.services.iam.model.User;

/** Amazon's own client of IAM, unchanged. */
class IamWithSdkTest {

    private static final String ROOT = """
            accountId: "123456789012"
            identities:
              - arn: arn:aws:iam::123456789012:root
                accessKeyId: {env: OPERATOR_ID}
                secretAccessKey: {env: OPERATOR_SECRET}
              - arn: arn:aws:iam::123456789012:user/declared
                accessKeyId: {env: DECLARED_ID}
                secretAccessKey: {env: OPERATOR_SECRET}
            controlPlane: {encryptionKey: {env: STORE_KEY}}
            """;

    private static final String MAY_READ =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":\"*\"}}";

    private IdentityStoreServer server;
    private IamClient iam;

    @BeforeEach
    void start() throws Exception {
        server = new IdentityStoreServer(
                Map.of("gatehouse.yaml", ROOT), builder -> builder.controlPlane(new InMemoryStore()));
        iam = server.iam();
    }

    @AfterEach
    void stop() {
        iam.close();
        server.close();
    }

    @Test
    void clientsReadWhatTheyHaveWritten() {
        CreateUserResponse created = iam.createUser(one -> one.userName("ada")
                .path("/team/")
                .tags(Tag.builder().key("colour").value("blue = green").build()));
        assertThat(created.responseMetadata().requestId()).isNotEqualTo("UNKNOWN");

        User user = iam.getUser(one -> one.userName("ada")).user();
        assertThat(user.arn()).isEqualTo("arn:aws:iam::123456789012:user/team/ada");
        assertThat(user.userId())
                .isEqualTo(created.user().userId())
                .startsWith("AIDA")
                .hasSize(21);
        assertThat(user.createDate()).isEqualTo(created.user().createDate());
        assertThat(user.tags()).extracting(Tag::value).containsExactly("blue = green");

        iam.putUserPolicy(one -> one.userName("ada").policyName("reads").policyDocument(MAY_READ));
        assertThat(iam.listUserPolicies(one -> one.userName("ada")).policyNames())
                .containsExactly("reads");
        assertThat(URLDecoder.decode(
                        iam.getUserPolicy(one -> one.userName("ada").policyName("reads"))
                                .policyDocument(),
                        StandardCharsets.UTF_8))
                .isEqualTo(MAY_READ);
        iam.untagUser(one -> one.userName("ada").tagKeys("colour"));
        iam.tagUser(
                one -> one.userName("ada").tags(Tag.builder().key("a").value("").build()));
        assertThat(iam.listUserTags(one -> one.userName("ada")).tags())
                .containsExactly(Tag.builder().key("a").value("").build());
        iam.updateUser(one -> one.userName("ada").newUserName("lovelace").newPath("/"));
        assertThat(iam.getUser(one -> one.userName("lovelace")).user().arn())
                .isEqualTo("arn:aws:iam::123456789012:user/lovelace");
    }

    @Test
    void aKeySignsUntilItIsSwitchedOffOrDeleted() {
        AccessKey key = newUser("ada");
        try (ApiGatewayClient api = server.apiGateway(key.accessKeyId(), key.secretAccessKey());
                IamClient own = server.iam(key.accessKeyId(), key.secretAccessKey())) {
            assertThat(api.getRestApis().items()).isEmpty();
            assertThatThrownBy(own::getUser).isInstanceOfSatisfying(IamException.class, refused -> {
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            });
            setStatus(key, StatusType.INACTIVE);
            assertThatThrownBy(api::getRestApis)
                    .isInstanceOf(ApiGatewayException.class)
                    .hasMessageContaining("The security token included in the request is invalid.");
            assertThat(metadata().status()).isEqualTo(StatusType.INACTIVE);
            setStatus(key, StatusType.ACTIVE);
            assertThat(api.getRestApis().items()).isEmpty();
            iam.deleteAccessKey(one -> one.userName("ada").accessKeyId(key.accessKeyId()));
            assertThatThrownBy(api::getRestApis).isInstanceOf(ApiGatewayException.class);
            assertThatThrownBy(own::getUser)
                    .isInstanceOfSatisfying(
                            IamException.class,
                            refused -> assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("InvalidClientTokenId"));
        }
    }

    @Test
    void pagesAreFollowed() {
        for (int i = 0; i < 7; i++) {
            String name = "user" + i;
            iam.createUser(one -> one.userName(name));
        }

        assertThat(iam.listUsersPaginator(one -> one.maxItems(3)).users())
                .extracting(User::userName)
                .containsExactly("user0", "user1", "user2", "user3", "user4", "user5", "user6");
    }

    @Test
    void errorsHaveTheTypesOfTheClient() {
        newUser("ada");
        newKey("ada");
        assertThatThrownBy(() -> newKey("ada")).isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> newKey("bob")).isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> iam.createUser(one -> one.userName("ADA")))
                .isInstanceOf(EntityAlreadyExistsException.class);
        assertThatThrownBy(() -> iam.deleteUser(one -> one.userName("ada")))
                .isInstanceOf(DeleteConflictException.class);
        assertThatThrownBy(() -> newKey("declared")).isInstanceOf(UnmodifiableEntityException.class);
        assertThatThrownBy(() -> iam.tagUser(one -> one.userName("ada")
                        .tags(
                                Tag.builder().key("a").value("1").build(),
                                Tag.builder().key("A").value("2").build())))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> iam.putUserPolicy(
                        one -> one.userName("ada").policyName("p").policyDocument("{}")))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining("needs 'Statement'");
        assertThatThrownBy(() -> iam.attachUserPolicy(
                        one -> one.userName("ada").policyArn("arn:aws:iam::aws:policy/AdministratorAccess")))
                .isInstanceOfSatisfying(
                        IamException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("InvalidAction"))
                .hasMessageContaining("AttachUserPolicy");
    }

    private AccessKey newUser(String name) {
        iam.createUser(one -> one.userName(name));
        iam.putUserPolicy(one -> one.userName(name).policyName("reads").policyDocument(MAY_READ));
        return newKey(name);
    }

    private AccessKey newKey(String name) {
        return iam.createAccessKey(one -> one.userName(name)).accessKey();
    }

    private void setStatus(AccessKey key, StatusType status) {
        iam.updateAccessKey(
                one -> one.userName("ada").accessKeyId(key.accessKeyId()).status(status));
    }

    private AccessKeyMetadata metadata() {
        return iam.listAccessKeys(one -> one.userName("ada"))
                .accessKeyMetadata()
                .get(0);
    }
}
