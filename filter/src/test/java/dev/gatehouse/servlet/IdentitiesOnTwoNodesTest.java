package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.store.PostgresDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.ConcurrentModificationException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.StatusType;

/** Two gateways on one database: what one of them hands out or takes away, the other one knows. */
class IdentitiesOnTwoNodesTest {

    /** With the default interval it is less than two seconds; machines that build are busy. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String MAY_READ =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":\"*\"}}";

    private static final String CONFIGURATION = """
            accountId: "123456789012"
            identities:
              - arn: arn:aws:iam::123456789012:root
                accessKeyId: {env: OPERATOR_ID}
                secretAccessKey: {env: OPERATOR_SECRET}
            controlPlane: {encryptionKey: {env: STORE_KEY}}
            """;

    @RegisterExtension
    static final PostgresDatabases DATABASES = new PostgresDatabases();

    private IdentityStoreServer one;
    private IdentityStoreServer other;
    private IamClient iam;

    @BeforeEach
    void connect() throws Exception {
        DataSource database = DATABASES.next();
        one = node(database);
        other = node(database);
        iam = one.iam();
    }

    @AfterEach
    void disconnect() {
        iam.close();
        one.close();
        other.close();
    }

    private static IdentityStoreServer node(DataSource database) throws Exception {
        return new IdentityStoreServer(
                Map.of("gatehouse.yaml", CONFIGURATION), builder -> builder.controlPlane(database));
    }

    @Test
    void keysAndPoliciesCountOnTheOtherNodeWithinTwoSeconds() throws Exception {
        List<Duration> waited = new ArrayList<>();
        iam.createUser(user -> user.userName("ada"));
        iam.putUserPolicy(policy -> policy.userName("ada").policyName("reads").policyDocument(MAY_READ));
        AccessKey key = iam.createAccessKey(user -> user.userName("ada")).accessKey();
        try (ApiGatewayClient client = other.apiGateway(key.accessKeyId(), key.secretAccessKey())) {
            waited.add(await(() -> mayRead(client)));
            setStatus(key, StatusType.INACTIVE);
            waited.add(await(() -> !mayRead(client)));
            setStatus(key, StatusType.ACTIVE);
            waited.add(await(() -> mayRead(client)));
            iam.deleteUserPolicy(policy -> policy.userName("ada").policyName("reads"));
            waited.add(await(() -> !mayRead(client)));
            iam.putUserPolicy(
                    policy -> policy.userName("ada").policyName("reads").policyDocument(MAY_READ));
            waited.add(await(() -> mayRead(client)));
            iam.deleteAccessKey(user -> user.userName("ada").accessKeyId(key.accessKeyId()));
            waited.add(await(() -> !mayRead(client)));
        }
        waited.sort(null);
        assertThat(waited.get(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void usersThatBothNodesMakeAreAllThereAndNamesStayUnique() {
        try (IamClient otherIam = other.iam()) {
            for (int i = 0; i < 5; i++) {
                String name = "user" + i;
                iam.createUser(user -> user.userName("one-" + name));
                otherIam.createUser(user -> user.userName("other-" + name));
            }
            assertThat(otherIam.listUsers().users()).hasSize(10);
            assertThat(iam.listUsers().users()).isEqualTo(otherIam.listUsers().users());
        }
    }

    @Test
    void ofManyWhoWantAKeyOnBothNodesTwoGetOne() throws Exception {
        iam.createUser(user -> user.userName("ada"));
        AtomicInteger made = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (IamClient otherIam = other.iam()) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                IamClient client = i % 2 == 0 ? iam : otherIam;
                all.add(() -> {
                    try {
                        client.createAccessKey(user -> user.userName("ada"));
                        made.incrementAndGet();
                    } catch (LimitExceededException | ConcurrentModificationException refused) {
                        // what the others are to be told
                    }
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
            assertThat(made).hasValue(2);
            assertThat(otherIam.listAccessKeys(user -> user.userName("ada")).accessKeyMetadata())
                    .hasSize(2);
        } finally {
            threads.shutdownNow();
        }
    }

    private void setStatus(AccessKey key, StatusType status) {
        iam.updateAccessKey(
                update -> update.userName("ada").accessKeyId(key.accessKeyId()).status(status));
    }

    private static boolean mayRead(ApiGatewayClient client) {
        try {
            client.getRestApis();
            return true;
        } catch (ApiGatewayException refused) {
            assertThat(refused.statusCode()).isEqualTo(403);
            return false;
        }
    }

    private static Duration await(BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin)
                    .as("time within which a node sees the other")
                    .isLessThan(SOON.toNanos());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
