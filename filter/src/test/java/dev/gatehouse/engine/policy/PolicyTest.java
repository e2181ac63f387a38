package dev.gatehouse.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PolicyTest {

    @Property(tries = 5000)
    void globSaysWhatTheNaiveOneSays(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(glob(pattern).matches(text)).isEqualTo(naive(pattern, 0, text, 0));
    }

    @Property(tries = 2000)
    void partOfATextMatchesAsTheTextItself(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(glob(pattern).matches("ab" + text + "ba", 2, 2 + text.length()))
                .isEqualTo(naive(pattern, 0, text, 0));
    }

    /** Short pieces are looked for in another way than long ones. */
    @Property(tries = 2000)
    void piecesOfAnyLengthAreFoundWhereTheyStand(
            @ForAll @IntRange(max = 30) int wanted, @ForAll @IntRange(max = 40) int there, @ForAll boolean more) {
        String piece = "ab".repeat(wanted) + "b";
        String text = "ba" + "ab".repeat(there) + (more ? "bab" : "a");

        assertThat(glob("*" + piece + "*").matches(text)).isEqualTo(text.contains(piece));
        assertThat(glob("b*" + piece + "*ab").matches(text))
                .isEqualTo(text.endsWith("ab")
                        && text.substring(1, text.length() - 2).contains(piece));
    }

    @Property(tries = 2000)
    void whatAVariableBringsMatchesItselfOnly(@ForAll("patterns") String value, @ForAll("patterns") String text) {
        TextPattern pattern = new TextPattern(new TextPattern.Reader("a${k:v}*", true, true).parts(), false);
        ConditionKeys keys = ConditionKeys.builder().add("K:V", value).build();

        assertThat(pattern.matches("a" + text, keys)).isEqualTo(Match.of(text.startsWith(value)));
    }

    @Property(tries = 3000)
    void anyTextIsAPolicyOrHasProblems(@ForAll("documents") String text) {
        PolicyReading reading = Policy.compile(text, PolicyRules.RESOURCE);

        assertThat(reading.policy().isEmpty()).isEqualTo(!reading.problems().isEmpty());
        reading.policy()
                .ifPresent(policy -> policy.evaluate(new PolicyQuery(List.of(), "a:b", "x", ConditionKeys.NONE)));
    }

    @Test
    void starsThatInviteBacktrackingCostOnePass() {
        String stars = "*a".repeat(2_000) + "*b";
        String text = "a".repeat(100_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(glob(stars).matches(text)).isFalse();
                assertThat(glob("*" + "a".repeat(4_000) + "b*").matches(text)).isFalse();
            }
        });
    }

    @Test
    void largestPolicyIsReadAndAskedInAMoment() {
        StringBuilder text = new StringBuilder("{\"Statement\":[");
        for (int i = 0; i < 1_000; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(
                            "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"arn:*a*a*a*a*a*b\"}");
        }
        String policy = text.append("]}").toString();
        PolicyQuery query = new PolicyQuery(List.of(), "a:b", "arn:" + "a".repeat(8_192), ConditionKeys.NONE);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Policy.compile(policy, PolicyRules.RESOURCE.withBounds(200_000, 1_000))
                                .policy()
                                .orElseThrow()
                                .evaluate(query)
                                .verdict())
                        .isEqualTo(PolicyDecision.Verdict.IMPLICIT_DENY));
    }

    @Test
    void textsAndStatementsAreBounded() {
        assertThat(Policy.compile(" ".repeat(8_193), PolicyRules.RESOURCE).problems())
                .containsExactly(new PolicyProblem("", "has 8193 characters; at most 8192 are allowed"));
        String two = "{\"Statement\":[1,2]}";
        assertThat(Policy.compile(two, PolicyRules.RESOURCE.withBounds(8_192, 1))
                        .problems())
                .containsExactly(new PolicyProblem("/Statement", "has 2 statements; at most 1 are allowed"));
        assertThatThrownBy(() -> PolicyRules.RESOURCE.withBounds(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void problemsAreBounded() {
        String many = "{\"Statement\":[" + "1,".repeat(500) + "1]}";

        assertThat(Policy.compile(many, PolicyRules.RESOURCE).problems()).hasSize(100);
    }

    @Test
    void shortFormsAreBroughtIntoArnsBeforeTheyAreRead() {
        PolicyRules rules = PolicyRules.RESOURCE.withResourceForm(resource -> resource.startsWith("execute-api:/")
                ? "arn:aws:execute-api:eu-central-1:1:api/" + resource.substring(13)
                : resource);
        PolicyReading reading = Policy.compile("""
                {"Statement":{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke",
                 "Resource":["execute-api:/prod/GET/pets","execute-api:/test/*"]}}""", rules);
        Policy policy = reading.policy().orElseThrow();

        assertThat(allows(policy, "arn:aws:execute-api:eu-central-1:1:api/prod/GET/pets"))
                .isTrue();
        assertThat(allows(policy, "arn:aws:execute-api:eu-central-1:1:api/test/GET/a"))
                .isTrue();
        assertThat(allows(policy, "arn:aws:execute-api:eu-central-1:1:other/test/GET/a"))
                .isFalse();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab*?").ofMaxLength(9);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"Statement\":",
                        "\"Effect\":",
                        "\"Allow\"",
                        "\"Deny\"",
                        "\"*\"",
                        "\"Principal\":",
                        "\"Action\":",
                        "\"Resource\":",
                        "\"Condition\":",
                        "\"StringLike\":",
                        "null",
                        "1",
                        "\"Null\":",
                        "\"a\":",
                        "true",
                        "{\"AWS\":\"*\"}",
                        "\"NotPrincipal\":",
                        "\"${\"",
                        "\"${a}\"")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    private static boolean allows(Policy policy, String resource) {
        return policy.evaluate(new PolicyQuery(List.of(), "execute-api:Invoke", resource, ConditionKeys.NONE))
                .isAllowed();
    }

    private static Glob glob(String pattern) {
        Glob.Builder glob = new Glob.Builder();
        for (char c : pattern.toCharArray()) {
            if (c == '*') {
                glob.anyMany();
            } else if (c == '?') {
                glob.anyOne();
            } else {
                glob.literal(String.valueOf(c));
            }
        }
        return glob.build();
    }

    private static boolean naive(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        if (pattern.charAt(p) == '*') {
            return naive(pattern, p + 1, text, t) || t < text.length() && naive(pattern, p, text, t + 1);
        }
        return t < text.length()
                && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
                && naive(pattern, p + 1, text, t + 1);
    }
}
