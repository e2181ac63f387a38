package dev.gatehouse.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.engine.signature.Credentials;
import dev.gatehouse.engine.signature.SigV4Signer;
import dev.gatehouse.http.BackendReply;
import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssumedRoleTest {

    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final String ROLE = "arn:aws:iam::123456789012:role/reports";

    private final List<BackendRequest> asked = new ArrayList<>();
    private final List<CompletableFuture<BackendReply>> answers = new ArrayList<>();
    private Instant now = NOON;

    private final Roles roles = new Roles(
            List.of(
                    new Roles.Part(ROLE, Credentials.of("AKIA", "secret"), true, "ext/7"),
                    new Roles.Part(Roles.ANY, Credentials.of("ANY", "secret"), false, null)),
            new Sts(
                    request -> {
                        asked.add(request);
                        answers.add(new CompletableFuture<>());
                        return answers.get(answers.size() - 1);
                    },
                    new SigV4Signer(() -> NOON),
                    ServiceEndpoints.AMAZON.find("sts", "eu-west-1")),
            () -> now);

    @Test
    void stsIsAskedInTheNameOfTheKeyPair() {
        roles.credentials(ROLE);

        BackendRequest request = asked.get(0);
        assertThat(request.method() + " " + request.uri()).isEqualTo("POST https://sts.eu-west-1.amazonaws.com/");
        assertThat(request.headers().first("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIA/20260203/eu-west-1/sts/aws4_request");
        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .isEqualTo("Action=AssumeRole&Version=2011-06-15&RoleSessionName=gatehouse"
                        + "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freports&ExternalId=ext%2F7");
    }

    @Test
    void manyWhoWaitShareOneRequest() {
        var first = roles.credentials(ROLE).toCompletableFuture();
        var second = roles.credentials(ROLE).toCompletableFuture();

        answers.get(0).complete(session("one", NOON.plus(Duration.ofHours(1))));

        assertThat(asked).hasSize(1);
        assertThat(first.join()).isEqualTo(new Credentials("one", "s3cr3t", "t0k3n"));
        assertThat(second.join()).isEqualTo(first.join());
    }

    @Test
    void credentialsAreKeptUntilShortlyBeforeTheyEndAndUsedWhileNewOnesComeIn() {
        roles.credentials(ROLE);
        answers.get(0).complete(session("one", NOON.plus(Duration.ofHours(1))));

        now = NOON.plus(Duration.ofMinutes(54));
        assertThat(current()).isEqualTo("one");
        assertThat(asked).hasSize(1);

        now = NOON.plus(Duration.ofMinutes(56));
        assertThat(current()).isEqualTo("one");
        assertThat(asked).hasSize(2);
        assertThat(current()).isEqualTo("one");
        assertThat(asked).hasSize(2);

        answers.get(1).complete(session("two", NOON.plus(Duration.ofHours(2))));
        assertThat(current()).isEqualTo("two");
    }

    @Test
    void renewalThatFailsIsTriedAgainAndEndsWithTheCredentials() {
        roles.credentials(ROLE);
        answers.get(0).complete(session("one", NOON.plus(Duration.ofHours(1))));
        now = NOON.plus(Duration.ofMinutes(58));
        assertThat(current()).isEqualTo("one");
        answers.get(1).complete(new BackendReply(500, Headers.EMPTY, new byte[0]));
        assertThat(current()).isEqualTo("one");
        assertThat(asked).hasSize(3);
        answers.get(2).complete(new BackendReply(500, Headers.EMPTY, new byte[0]));

        now = NOON.plus(Duration.ofHours(1));
        var ended = roles.credentials(ROLE).toCompletableFuture();
        answers.get(3).complete(new BackendReply(500, Headers.EMPTY, new byte[0]));

        assertThat(ended).isCompletedExceptionally();
    }

    @Test
    void refusalOfStsSaysWhyOnOneLine() {
        var refused = roles.credentials(ROLE).toCompletableFuture();
        answers.get(0)
                .complete(
                        new BackendReply(
                                403,
                                Headers.EMPTY,
                                utf8(
                                        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not\nyou</Message></Error></ErrorResponse>")));

        assertThat(catchThrowable(refused::join).getCause())
                .isInstanceOf(CredentialsException.class)
                .hasMessage("for " + ROLE + " STS answered 403 AccessDenied: not you");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><AssumeRoleResponse><AccessKeyId>&x;</AccessKeyId></AssumeRoleResponse>",
                "<r><AccessKeyId>a</AccessKeyId><SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken><Expiration>soon</Expiration></r>"
            })
    void whatIsNoAnswerOfStsIsRefused(String body) {
        var refused = roles.credentials(ROLE).toCompletableFuture();
        answers.get(0).complete(new BackendReply(200, Headers.EMPTY, utf8(body)));

        assertThat(catchThrowable(refused::join)).hasCauseInstanceOf(CredentialsException.class);
    }

    @Test
    void otherRolesHaveTheEntryForAll() {
        assertThat(roles.credentials("arn:aws:iam::123456789012:role/x")
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Credentials.of("ANY", "secret"));
        assertThat(asked).isEmpty();
    }

    private String current() {
        return roles.credentials(ROLE).toCompletableFuture().join().accessKeyId();
    }

    private static BackendReply session(String id, Instant end) {
        return new BackendReply(200, Headers.EMPTY, utf8("""
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                  <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/reports/gatehouse</Arn></AssumedRoleUser>
                  <Credentials>
                    <AccessKeyId>%s</AccessKeyId><SecretAccessKey>s3cr3t</SecretAccessKey>
                    <SessionToken>t0k3n</SessionToken><Expiration>%s</Expiration>
                  </Credentials>
                </AssumeRoleResult></AssumeRoleResponse>""".formatted(id, end)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
