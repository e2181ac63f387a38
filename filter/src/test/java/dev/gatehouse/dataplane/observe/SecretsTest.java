package dev.gatehouse.dataplane.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gatehouse.http.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "PROXY-AUTHORIZATION",
                "x-api-key",
                "Cookie",
                "set-cookie",
                "X-Amz-Security-Token",
                "X-Amz-Signature",
                "X-Amz-Credential",
                "access_token",
                "client_secret",
                "new-password",
                "usageIdentifierKey",
                "SAMLAssertion",
                "pin"
            })
    void namesOfSecretsAreKnown(String name) {
        assertThat(Secrets.names(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type", "x-amzn-RequestId", "key", "Key", "author", "shipping", "X-Amz-Date", "opinion"})
    void otherNamesAreNot(String name) {
        assertThat(Secrets.names(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"password\":\"pw\",\"name\":\"ada\"}|{\"password\":\"***\",\"name\":\"ada\"}",
                "{\"password\" : \"a\\\"b\\\\\", \"n\": 1}|{\"password\" : \"***\", \"n\": 1}",
                "{\"pin\":1234,\"n\":1}|{\"pin\":***,\"n\":1}",
                "{\"tokens\":[\"a\", \"b\"],\"n\":[\"c\"]}|{\"tokens\":[\"***\", \"***\"],\"n\":[\"c\"]}",
                "{\"token\":null,\"secret\":{\"n\":1}}|{\"token\":null,\"secret\":{\"n\":1}}",
                "{\"body\":\"{\\\"password\\\":\\\"a b\\\",\\\"n\\\":1}\"}|{\"body\":\"{\\\"password\\\":\\\"***\\\",\\\"n\\\":1}\"}",
                "{\"password\":\"cut off|{\"password\":\"***",
                "a=1&password=x%20y&b=2|a=1&password=***&b=2",
                "https://h/p?X-Amz-Signature=ab12&n=1|https://h/p?X-Amz-Signature=***&n=1",
                "<u:Password>x</u:Password><n>1</n>|<u:Password>***</u:Password><n>1</n>",
                "nothing to hide|nothing to hide"
            })
    void whatIsNamedAsASecretIsHidden(String text, String shown) {
        assertThat(new Secrets().hidden(text)).isEqualTo(shown);
    }

    @Test
    void aValueThatIsKnownIsHiddenWhereverItTurnsUp() {
        Secrets secrets = new Secrets();
        secrets.learn(Headers.of(
                "Authorization", "Bearer abc.def/ghi+", "Cookie", "a=1; session=s3ssion\"s", "Accept", "text/plain"));

        assertThat(secrets.hidden(
                        "{\"x\":\"abc.def/ghi+\"} abc.def%2Fghi%2B s3ssion\"s {\"y\":\"s3ssion\\\"s\"} text/plain"))
                .isEqualTo("{\"x\":\"***\"} *** *** {\"y\":\"***\"} text/plain");
    }

    @Test
    void aPasswordOfBasicAuthenticationIsKnownDecoded() {
        Secrets secrets = new Secrets();
        secrets.learn(Headers.of("Authorization", "Basic YWRhOm9wZW4tc2VzYW1l"));

        assertThat(secrets.hidden("user ada, word open-sesame")).isEqualTo("user ada, word ***");
    }

    @Test
    void aMemberOfABodyIsHiddenUnderAnyOtherName() {
        Secrets secrets = new Secrets();
        secrets.learnFrom("{\"password\":\"open-sesame\"}");

        assertThat(secrets.hidden("{\"pw\":\"open-sesame\"}")).isEqualTo("{\"pw\":\"***\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\"", "\\\"a\\\":", "\"token\":[", "a=", "<a>", "\"token\":\"", "a", "token=a&"})
    void hostileTextTakesNoLongerThanItsLength(String part) {
        String text = part.repeat(100_000 / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> new Secrets().hidden(text));
    }
}
