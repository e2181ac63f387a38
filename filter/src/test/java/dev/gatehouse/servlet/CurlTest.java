package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.signature.KeySource.Key;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code curl --aws-sigv4} against a running gateway, in the shapes that curl signs as Amazon's signers do. */
class CurlTest {

    private static final String KEY = "AKIDEXAMPLEOFCURL001";
    private static final String SESSION = "ASIAEXAMPLEOFCURL001";
    private static final String SECRET = "a-secret-that-is-long-enough";
    private static final String DOCUMENT = """
            openapi: "3.0.1"
            info: {title: shop, version: '1'}
            components:
              securitySchemes:
                sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
            paths:
              /{proxy+}:
                x-amazon-apigateway-any-method:
                  security: [{sigv4: []}]
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}', text/plain: '{"statusCode": 200}'}
                    responses: {default: {statusCode: '200'}}
                  responses: {'200': {description: fine}}
            """;

    private static Gatehouse gateway;
    private static JettyServer server;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> files = Map.of(
                "gatehouse.yaml",
                "apis: [{restApiId: shop, body: shop.yaml, stages: [{stageName: prod}]}]",
                "shop.yaml",
                DOCUMENT);
        Identity root = Identity.of(KEY, PrincipalArn.of("arn:aws:iam::000000000000:root"), List.of());
        gateway = Gatehouse.builder()
                .configuration(
                        "gatehouse.yaml",
                        name -> new ByteArrayInputStream(files.get(name).getBytes(StandardCharsets.UTF_8)))
                .identities(IdentitySource.of(Map.of(
                        KEY,
                        Key.of(SECRET, root),
                        SESSION,
                        new Key<>(List.of(SECRET), "token/with+signs==", null, root))))
                .build();
        server = new JettyServer(CurlTest::application);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        gateway.close();
    }

    private static void application(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("gatehouse", new GatehouseFilter(gateway));
        filter.setAsyncSupported(true);
        filter.setInitParameter("async", "true");
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    @ParameterizedTest
    @CsvSource({
        "/pets",
        "/pets/4711",
        "/A-b_c.d~e/f",
        "/pets?limit=10&sort=name",
        "/pets?a=",
        "/pets?a=x%20y&b=%C3%A4",
    })
    void whatCurlSignsWellIsAccepted(String target) throws Exception {
        assertThat(statusOf(KEY, SECRET, target)).isEqualTo("200");
        assertThat(statusOf(SESSION, SECRET, target, "-H", "X-Amz-Security-Token: token/with+signs=="))
                .isEqualTo("200");
        assertThat(statusOf(KEY, SECRET, target, "-H", "Content-Type: text/plain", "-d", "weight=4 kg"))
                .isEqualTo("200");
        assertThat(statusOf(KEY, SECRET, target, "-X", "DELETE")).isEqualTo("200");
    }

    @Test
    void withoutTheSecretOrTheTokenNobodyGetsIn() throws Exception {
        assertThat(statusOf(KEY, SECRET + "x", "/pets")).isEqualTo("403");
        assertThat(statusOf(SESSION, SECRET, "/pets")).isEqualTo("403");
        assertThat(statusOf(KEY, SECRET, "/pets", "-H", "X-Amz-Security-Token: invented"))
                .isEqualTo("403");
    }

    private static String statusOf(String id, String secret, String target, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl", "--silent", "--noproxy", "*", "--max-time", "60", "--write-out", "%{http_code}", "--output"));
        command.add(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
        command.addAll(List.of("--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", id + ":" + secret));
        command.addAll(List.of(more));
        command.add("http://127.0.0.1:" + server.port() + EmbeddedServer.CONTEXT_PATH + "/prod" + target);
        Process process = started(command);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // 2: a curl before 7.75 knows no such option
        assumeTrue(process.exitValue() != 2, "curl cannot sign");
        return said;
    }

    private static Process started(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException absent) {
            assumeTrue(false, "curl is not installed");
            throw new IllegalStateException(absent);
        }
    }
}
