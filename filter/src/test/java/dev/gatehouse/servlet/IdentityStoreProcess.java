package dev.gatehouse.servlet;

import java.util.Map;
import java.util.function.UnaryOperator;

/** A gateway whose users lie in a folder, in a process of its own: says its port, and runs until somebody ends it. */
final class IdentityStoreProcess {

    private IdentityStoreProcess() {}

    /** Everything is the root's, but for the directory. */
    static String configuration(String directory) {
        return """
                accountId: "123456789012"
                identities:
                  - arn: arn:aws:iam::123456789012:root
                    accessKeyId: {env: OPERATOR_ID}
                    secretAccessKey: {env: OPERATOR_SECRET}
                controlPlane: {directory: '%s', encryptionKey: {env: STORE_KEY}}
                """.formatted(directory);
    }

    public static void main(String[] arguments) throws Exception {
        try (IdentityStoreServer server = new IdentityStoreServer(
                Map.of("gatehouse.yaml", configuration(arguments[0])), UnaryOperator.identity())) {
            System.out.println(server.port());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
