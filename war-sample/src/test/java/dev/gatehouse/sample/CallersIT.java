package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Whoever has to prove something, by each of the ways that the sample has, and what the application is told of them. */
@ArquillianTest
class CallersIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a client may claim of itself, to an application that would believe headers. */
    private static final String[] CLAIMS = {
        "Remote-User", "eve",
        "X-Remote-User", "eve",
        "X-Forwarded-User", "eve",
        "X-Amzn-Principal", "eve",
        "X-Amz-Caller", "eve",
        "dev.gatehouse.context", "eve"
    };

    @ArquillianResource
    URL base;

    private Client client;
    private KeysFile keys;

    @Deployment(testable = false)
    static WebArchive war() {
        WebArchive war = HarbourBooksWar.named("callers");
        String definition = HarbourBooksWar.text(war, "WEB-INF/harbour.openapi.yaml")
                .replace("  /sign-in/keys:", """
                  /v1/members/anew:
                    get:
                      security: [{unremembered: []}]
                      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "servlet:///desk/members"}
                  /sign-in/keys:""".indent(2).stripTrailing())
                .replace("    customers:\n", """
                unremembered:
                  type: apiKey
                  name: X-Member-Card
                  in: header
                  x-amazon-apigateway-authtype: custom
                  x-amazon-apigateway-authorizer:
                    type: token
                    authorizerUri: "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:member-desk/invocations"
                    authorizerResultTtlInSeconds: 0
                customers:
                """.indent(4));
        war.delete("WEB-INF/harbour.openapi.yaml");
        return war.addAsWebInfResource(new StringAsset(definition), "harbour.openapi.yaml");
    }

    @BeforeEach
    void connect() throws Exception {
        client = Client.of(base);
        keys = KeysFile.read();
    }

    @Test
    void whoSignsIsTheOneThatTheApplicationSees() throws Exception {
        JsonNode said = tree(signed("GET", "v1/ledger", keys.value("CLERK_SECRET")));

        assertThat(said.path("desk").asText()).isEqualTo("/ledger");
        assertThatItIs(said, "arn:aws:iam::123456789012:user/clerk", "AWS_IAM", "ledger");
    }

    @Test
    void policyOfTheClerkIsForReading() throws Exception {
        HttpResponse<String> answer = signed("DELETE", "v1/ledger/moby-dick", keys.value("CLERK_SECRET"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("{\"Message\":\"User: arn:aws:iam::123456789012:user/clerk is not authorized to perform:"
                        + " execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:********9012:"
                        + "harbour/prod/DELETE/v1/ledger/moby-dick\"}");
    }

    @Test
    void anotherSecretAndNoneOpenNothing() throws Exception {
        HttpResponse<String> wrong = signed("GET", "v1/ledger", "not-the-secret-of-this-run");

        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("The request signature we calculated does not match");
        assertThat(client.get("v1/ledger").body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    }

    @Test
    void beanDecidesAsLambdaAuthorizer() throws Exception {
        String card = keys.value("MEMBER_CARD");
        JsonNode first = tree(client.get("v1/members/me", "X-Member-Card", card));
        JsonNode remembered = tree(client.get("v1/members/me", "X-Member-Card", card));

        assertThatItIs(first, "queequeg", "CUSTOM", "gold");
        assertThat(remembered).isEqualTo(first);
        assertThat(client.get("v1/members/me").statusCode()).isEqualTo(401);
        assertThat(client.get("v1/members/me", "X-Member-Card", "too-short").statusCode())
                .isEqualTo(401);
        assertThat(client.get("v1/members/me", "X-Member-Card", "A".repeat(32)).body())
                .isEqualTo("{\"message\":\"Unauthorized\"}");
    }

    /** Each call waits for the function, and goes on where another one may have begun to wait. */
    @Test
    void callsThatWaitDoNotMix() {
        String card = keys.value("MEMBER_CARD");
        List<String> injected = IntStream.range(0, 80)
                .parallel()
                .mapToObj(call -> {
                    try {
                        return tree(client.get("v1/members/anew", "X-Member-Card", card))
                                .path("injected")
                                .asText();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();

        assertThat(injected).hasSize(80).containsOnly("queequeg");
    }

    @Test
    void customerWhoHasSignedInIsKnownByTheIdentityToken() throws Exception {
        String token = tokens().path("id_token").asText();

        assertThatItIs(
                tree(client.get("v1/account", "Authorization", token)),
                "0b3a5c1e-ishmael",
                "COGNITO_USER_POOLS",
                "readers");
        assertThat(client.get("v1/account/orders", "Authorization", token).statusCode())
                .isEqualTo(401);
        assertThat(client.get("v1/account", "Authorization", token + "A").statusCode())
                .isEqualTo(401);
        assertThat(client.get("v1/account").body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    }

    @Test
    void scopesOfAnAccessTokenAreRoles() throws Exception {
        String token = tokens().path("access_token").asText();

        assertThatItIs(
                tree(client.get("v1/account/orders", "Authorization", "Bearer " + token)),
                "0b3a5c1e-ishmael",
                "COGNITO_USER_POOLS",
                "shop/orders");
        assertThat(client.get("v1/account", "Authorization", token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodySignsInWithoutThePassword() throws Exception {
        assertThat(signIn("ishmael", "guessed").statusCode()).isEqualTo(400);
        assertThat(signIn("ahab", keys.value("CUSTOMER_PASSWORD")).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/who-asks", "test/shop/who-asks"})
    void headersMakeNobodyUp(String open) throws Exception {
        JsonNode said = tree(client.get(open, CLAIMS));

        assertThat(said.path("caller").asText()).isEqualTo("nobody");
        assertThat(said.path("remoteUser").asText()).isEqualTo("null");
    }

    @Test
    void headersDoNotChangeWhoTheCallerIs() throws Exception {
        List<String> headers = new ArrayList<>(List.of(CLAIMS));
        headers.addAll(List.of("X-Member-Card", keys.value("MEMBER_CARD")));

        assertThatItIs(tree(client.get("v1/members/me", headers.toArray(String[]::new))), "queequeg", "CUSTOM", "gold");
    }

    @Test
    void deskIsNotReachedByAnotherWay() throws Exception {
        for (String way :
                List.of("desk/ledger", "shop/../desk/ledger", "shop/%2e%2e/desk/ledger", "shop/..;/desk/ledger")) {
            assertThat(client.get(way).statusCode()).as(way).isBetween(400, 404);
        }
    }

    /** Where it is easily read; what it says is not the container's business. */
    @Test
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = "jetty")
    void reportAtTheStartNamesWhatAStrangerMayCall() throws Exception {
        String log = Files.readString(Path.of(System.getProperty("it.base"), "jetty.log"));
        String open = log.lines()
                .filter(line -> line.contains("harbour: anyone may call "))
                .reduce("", (earlier, later) -> later);

        assertThat(log).contains("harbour: an API key is all that protects GET /v1/stock (prod)");
        assertThat(open)
                .contains("GET /shop (prod)", "ANY /shop/{proxy+} (prod)", "POST /v1/orders (prod)")
                .doesNotContain("/v1/ledger", "/v1/members", "/v1/account", "/sign-in/token");
    }

    @Test
    void keysOfTheRunAreForTheirOwnerOnly() throws Exception {
        Path file = Path.of(System.getProperty("it.keys"));
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    private static void assertThatItIs(JsonNode said, String name, String authType, String role) {
        assertThat(said.path("name").asText()).as(said.toString()).isEqualTo(name);
        assertThat(said.path("remoteUser").asText()).isEqualTo(name);
        assertThat(said.path("injected").asText()).isEqualTo(name);
        assertThat(said.path("authType").asText()).isEqualTo(authType);
        assertThat(said.path("roles").toString()).isEqualTo("[\"" + role + "\"]");
    }

    private JsonNode tokens() throws Exception {
        HttpResponse<String> answer = signIn("ishmael", keys.value("CUSTOMER_PASSWORD"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return tree(answer);
    }

    private HttpResponse<String> signIn(String name, String password) throws Exception {
        return client.send(
                "POST",
                "sign-in/token",
                "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** By the signer of Amazon's SDK, as a program would. */
    private HttpResponse<String> signed(String method, String path, String secret) throws Exception {
        SdkHttpRequest request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(URI.create(base + path))
                .build();
        SdkHttpRequest ready = AwsV4HttpSigner.create()
                .sign(one -> one.identity(AwsCredentialsIdentity.create(keys.value("CLERK_ID"), secret))
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1"))
                .request();
        List<String> headers = new ArrayList<>();
        ready.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> headers.addAll(List.of(name, value)));
            }
        });
        return client.send(method, path, "", headers.toArray(String[]::new));
    }

    private static JsonNode tree(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
