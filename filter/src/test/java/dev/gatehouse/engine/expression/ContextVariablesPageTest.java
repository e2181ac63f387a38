package dev.gatehouse.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of context variables and the code know the same names. */
class ContextVariablesPageTest {

    private static final Path PAGE = Path.of("../docs/reference/context-variables.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private static final CallContext CALL = CallContext.of(
                    new CallContext.Call(
                            "id",
                            "extended=",
                            Instant.EPOCH,
                            "GET",
                            "/s/",
                            "HTTP/1.1",
                            "a.b",
                            "1",
                            "api",
                            "s",
                            "d",
                            true),
                    new CallContext.Identity("203.0.113.7", "agent"))
            .withResource(new CallContext.Resource("r", "/"));

    @Test
    void everyNameWithAValueHasOne() throws IOException {
        assertThat(names("present"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(valueOf(name, CALL)).isNotNull());
    }

    @Test
    void callersHaveAValueOnlyOnceTheyAreKnown() throws IOException {
        CallContext.Cognito pool = new CallContext.Cognito("p", "authenticated", "i", "ip");
        CallContext known = CALL.withCaller(
                        new CallContext.Caller("AKIA", "1", "AIDA", "AIDA", "arn:aws:iam::1:user/u", "o-1", pool),
                        Map.of("principalId", "p", "plan", "gold", "claims", Map.of("sub", "s")))
                .withApiKey(new CallContext.ApiKey("id", "value"));
        assertThat(names("caller")).isNotEmpty().allSatisfy(name -> {
            assertThat(valueOf(name, CALL)).isNull();
            assertThat(valueOf(name, known)).isNotNull();
        });
    }

    @Test
    void errorsHaveAValueOnlyWhereACallWasRefused() throws IOException {
        CallContext refused = CALL.withError(new CallContext.ErrorFacts("no", "ACCESS_DENIED", "why"));
        assertThat(names("error")).isNotEmpty().allSatisfy(name -> {
            assertThat(valueOf(name, CALL)).isNull();
            assertThat(valueOf(name, refused)).isNotNull();
        });
    }

    @Test
    void answersHaveAValueOnlyOnceTheyAreThere() throws IOException {
        CallContext answered = CALL.withEndpointRequestId("id");
        assertThat(names("answer")).isNotEmpty().allSatisfy(name -> {
            assertThat(valueOf(name, CALL)).isNull();
            assertThat(valueOf(name, answered)).isNotNull();
        });
    }

    @Test
    void everyAbsentNameIsKnownAndHasNone() throws IOException {
        assertThat(names("absent"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(valueOf(name, CALL)).isNull());
    }

    @Test
    void everyNameIsOnThePage() throws IOException {
        Set<String> onPage = new TreeSet<>(names("present"));
        onPage.addAll(names("caller"));
        onPage.addAll(names("answer"));
        onPage.addAll(names("error"));
        onPage.addAll(names("absent"));
        onPage.removeIf(name -> name.startsWith("authorizer."));
        assertThat(onPage).isEqualTo(new TreeSet<>(ContextVariable.names()));
    }

    private static String valueOf(String name, CallContext context) {
        return ContextVariable.named(name).orElseThrow().of(context);
    }

    private static List<String> names(String section) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("<!-- " + section + " -->");
        String table = page.substring(start, page.indexOf("<!-- end -->", start));
        return ROW.matcher(table).results().map(row -> row.group(1)).toList();
    }
}
