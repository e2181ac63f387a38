package dev.gatehouse.dataplane.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.dataplane.authorizer.Finding.Found;
import dev.gatehouse.dataplane.authorizer.Finding.Signer;
import dev.gatehouse.engine.expression.CallContext;
import dev.gatehouse.engine.expression.CallFacts;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.engine.policy.Policy;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import dev.gatehouse.engine.policy.PolicyReading;
import dev.gatehouse.engine.policy.PolicyRules;
import dev.gatehouse.http.Downstream;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.Headers;
import dev.gatehouse.http.Payload;
import dev.gatehouse.http.QueryString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The truth table {@code authorization/decisions.txt}: every kind of caller against every kind of policy. */
class GuardTest {

    private static final Path FOLDER = Path.of("src/test/resources/authorization");
    private static final String ACCOUNT = "123456789012";
    private static final String API = "arn:aws:execute-api:us-east-1:" + ACCOUNT + ":apiid/";
    private static final Map<String, String> ARNS = Map.of(
            "alice", "arn:aws:iam::123456789012:user/alice",
            "session", "arn:aws:sts::123456789012:assumed-role/clerk/bob",
            "root", "arn:aws:iam::123456789012:root",
            "eve", "arn:aws:iam::210987654321:user/eve");

    private final AccessQuery query = new Question();

    @TestFactory
    Stream<DynamicTest> decisions() throws IOException {
        JsonNode policies =
                new ObjectMapper().readTree(FOLDER.resolve("policies.json").toFile());
        return Files.readAllLines(FOLDER.resolve("decisions.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    String[] cells = line.split(" \\| ");
                    Policy resource = cells[3].equals("none") ? null : policy(policies.get(cells[3]), RESOURCE);
                    Access access = access(Authorization.valueOf(cells[0]), cells[1], cells[2], resource);
                    assertThat(verdict(access.decide(query))).isEqualTo(Verdict.valueOf(cells[4]));
                }));
    }

    @Test
    void theTableIsLarge() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("decisions.txt"))).hasSizeGreaterThan(300);
    }

    @Test
    void withoutAuthorizationAndPolicyNobodyIsAsked() {
        assertThat(Guard.byPolicyOnly(null, ACCOUNT)).isSameAs(Access.OPEN);
    }

    @Test
    void aDenialOfThePolicyComesBeforeTheAuthorizerIsAsked() throws IOException {
        Policy deny = policy(
                new ObjectMapper()
                        .readTree(FOLDER.resolve("policies.json").toFile())
                        .get("deny-everybody"),
                RESOURCE);
        Authorizer never = asked -> {
            throw new AssertionError("a function was called for somebody who may not come in anyway");
        };

        assertThat(Guard.of(Authorization.CUSTOM, never, deny, ACCOUNT).decide(query))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void aFindingThatIsWaitedForIsDecidedLikeAnyOther() {
        CompletableFuture<Finding> later = new CompletableFuture<>();
        Decision decision = Guard.of(Authorization.CUSTOM, asked -> new Finding.Pending(later), null, ACCOUNT)
                .decide(query);
        later.complete(Found.of(CallerFacts.NOBODY, Verdict.EXPLICIT_DENY));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Pending.class,
                        pending -> assertThat(verdict(
                                        pending.decision().toCompletableFuture().join()))
                                .isEqualTo(Verdict.EXPLICIT_DENY));
    }

    @Test
    void aFailureIsNobodysPermission() {
        CompletableFuture<Finding> later = new CompletableFuture<>();
        Decision.Pending decision =
                (Decision.Pending) Guard.of(Authorization.CUSTOM, asked -> new Finding.Pending(later), null, ACCOUNT)
                        .decide(query);
        later.completeExceptionally(new IllegalStateException("broken"));

        assertThat(decision.decision().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void authorizationWithoutAnAuthorizerCannotBeBuilt() {
        assertThatThrownBy(() -> Guard.of(Authorization.NONE, asked -> null, null, ACCOUNT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Guard.of(Authorization.AWS_IAM, null, null, ACCOUNT))
                .isInstanceOf(NullPointerException.class);
    }

    private static final PolicyRules RESOURCE = PolicyRules.RESOURCE.withResourceForm(
            resource -> resource.startsWith("execute-api:/") ? API + resource.substring(13) : resource);

    private static Policy policy(JsonNode text, PolicyRules rules) {
        PolicyReading reading = Policy.compile(text.toString(), rules);
        return reading.policy().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    private static Access access(Authorization authorization, String caller, String own, Policy resource) {
        if (authorization == Authorization.NONE) {
            return Guard.byPolicyOnly(resource, ACCOUNT);
        }
        return Guard.of(
                authorization,
                asked -> caller.equals("nobody")
                        ? Found.of(CallerFacts.NOBODY, ownVerdict(own))
                        : signed(asked, caller, own),
                resource,
                ACCOUNT);
    }

    private static Found signed(AccessQuery asked, String caller, String own) {
        List<Policy> policies = own.equals("-") || own.equals("silent")
                ? List.of()
                : List.of(policy(
                        new ObjectMapper()
                                .createObjectNode()
                                .set(
                                        "Statement",
                                        new ObjectMapper()
                                                .createObjectNode()
                                                .put("Effect", own.equals("allows") ? "Allow" : "Deny")
                                                .put("Action", "execute-api:Invoke")
                                                .put("Resource", API + "prod/GET/pets/*")),
                        PolicyRules.IDENTITY));
        Identity identity = Identity.of("AKID", PrincipalArn.of(ARNS.get(caller)), policies);
        PolicyQuery wants = identity.query(Circumstances.INVOKE, asked.methodArn(), () -> Circumstances.of(asked));
        return new Found(CallerFacts.NOBODY, identity.decide(wants).verdict(), new Signer(identity, wants));
    }

    private static Verdict ownVerdict(String own) {
        return switch (own) {
            case "allows" -> Verdict.ALLOW;
            case "denies" -> Verdict.EXPLICIT_DENY;
            default -> Verdict.IMPLICIT_DENY;
        };
    }

    /** The words of a denial tell which kind it is. */
    private static Verdict verdict(Decision decision) {
        if (decision instanceof Decision.Allowed) {
            return Verdict.ALLOW;
        }
        return ((Decision.Denied) decision).denial().message().endsWith(" with an explicit deny")
                ? Verdict.EXPLICIT_DENY
                : Verdict.IMPLICIT_DENY;
    }

    private static final class Question implements AccessQuery {

        @Override
        public CallFacts facts() {
            CallContext.Call call = new CallContext.Call(
                    "id",
                    "id",
                    Instant.EPOCH,
                    "GET",
                    "/prod/pets/4711",
                    "HTTP/1.1",
                    "host",
                    ACCOUNT,
                    "apiid",
                    "prod",
                    "d",
                    null);
            CallContext context = CallContext.of(call, new CallContext.Identity("203.0.113.7", null));
            return new CallFacts(Map.of(), QueryString.EMPTY, Headers.EMPTY, null, context, Map.of(), null);
        }

        @Override
        public GatewayRequest request() {
            return new GatewayRequest(
                    "GET",
                    "host",
                    "/prod/pets/4711",
                    null,
                    Headers.EMPTY,
                    new GatewayRequest.Client("203.0.113.7", "HTTP/1.1", "https", 443),
                    Payload.NONE,
                    Downstream.NONE);
        }

        @Override
        public String methodArn() {
            return API + "prod/GET/pets/4711";
        }

        @Override
        public CompletionStage<byte[]> body() {
            throw new AssertionError("nobody needs the body");
        }

        @Override
        public byte[] requestEvent() {
            throw new AssertionError("nobody calls a function");
        }

        @Override
        public LambdaInvoker functions() {
            throw new AssertionError("nobody calls a function");
        }
    }
}
