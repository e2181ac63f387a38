package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;

/** What was acknowledged of users and keys holds after a process that had no time to say good-bye. */
class IdentitiesKilledTest {

    private static final int ROUNDS = 4;
    private static final String MAY_READ =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":\"*\"}}";

    @TempDir
    Path directory;

    /** Keys, and whether they open anything. */
    private final Map<AccessKey, Boolean> acknowledged = new LinkedHashMap<>();

    @Test
    void keysThatWereHandedOutSignAfterAKillAndThoseThatWereTakenAwayDoNot() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ChildServer process = ChildServer.start(IdentityStoreProcess.class, directory);
            try {
                int port = process.port();
                checkAll(port);
                change(port, round);
            } finally {
                process.kill();
            }
        }
        ChildServer last = ChildServer.start(IdentityStoreProcess.class, directory);
        try {
            checkAll(last.port());
        } finally {
            last.kill();
        }
        assertThat(acknowledged.values()).contains(true, false);
    }

    private void change(int port, int round) {
        try (IamClient iam =
                IdentityStoreServer.iam(port, IdentityStoreServer.OPERATOR_ID, IdentityStoreServer.OPERATOR_SECRET)) {
            for (int i = 0; i < 5; i++) {
                String name = "user" + round + "-" + i;
                iam.createUser(one -> one.userName(name));
                iam.putUserPolicy(one -> one.userName(name).policyName("reads").policyDocument(MAY_READ));
                acknowledged.put(iam.createAccessKey(one -> one.userName(name)).accessKey(), true);
            }
            acknowledged.entrySet().stream()
                    .filter(Map.Entry::getValue)
                    .limit(2)
                    .forEach(one -> {
                        AccessKey key = one.getKey();
                        iam.updateAccessKey(update -> update.userName(key.userName())
                                .accessKeyId(key.accessKeyId())
                                .status(StatusType.INACTIVE));
                        one.setValue(false);
                    });
        }
    }

    private void checkAll(int port) {
        acknowledged.forEach((key, active) -> {
            try (ApiGatewayClient client =
                    IdentityStoreServer.apiGateway(port, key.accessKeyId(), key.secretAccessKey())) {
                if (active) {
                    assertThat(client.getRestApis().items()).isEmpty();
                } else {
                    assertThatThrownBy(client::getRestApis)
                            .isInstanceOf(ApiGatewayException.class)
                            .hasMessageContaining("The security token included in the request is invalid.");
                }
            }
        });
    }
}
