package dev.gatehouse.engine.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private static KeySet parse(String text) throws MalformedKeySetException {
        return KeySet.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keysAreFoundByTheirNames() throws Exception {
        KeySet set = parse(Tokens.keySet(Tokens.FIRST, Tokens.SECOND));

        assertThat(set.get("first")).isEqualTo(Tokens.FIRST.toRSAPublicKey());
        assertThat(set.get("second")).isEqualTo(Tokens.SECOND.toRSAPublicKey());
        assertThat(set.get("third")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[null]}",
                "<html></html>",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":7,\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"x\",\"k\":\"c2VjcmV0\"}]}"
            })
    void whatHasNoKeyOfUseIsNoSet(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedKeySetException.class);
    }

    @Test
    void keysForOtherPurposesAreLeftOut() throws Exception {
        String first = Tokens.FIRST.toPublicJWK().toJSONString();
        String others = "," + first.replace("\"first\"", "\"encryption\"").replace("\"sig\"", "\"enc\"")
                + "," + first.replace("\"first\"", "\"RS512\"").replace("RS256", "RS512")
                + ",{\"kty\":\"EC\",\"kid\":\"ec\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}"
                + "," + first.replace("\"kid\":\"first\"", "\"kid\":7");
        KeySet set = parse("{\"keys\":[" + first + others + "]}");

        assertThat(set.get("first")).isNotNull();
        assertThat(set.get("encryption")).isNull();
        assertThat(set.get("RS512")).isNull();
        assertThat(set.get("ec")).isNull();
    }

    @Test
    void weakKeysAreLeftOut() throws Exception {
        RSAKey weak = Tokens.key("weak", 1024);
        RSAKey slow = new RSAKey.Builder(Tokens.FIRST.getModulus(), Tokens.SECOND.getModulus())
                .keyID("slow")
                .build();
        KeySet set = parse(Tokens.keySet(Tokens.FIRST, weak, slow));

        assertThat(set.get("first")).isNotNull();
        assertThat(set.get("weak")).isNull();
        assertThat(set.get("slow")).isNull();
    }

    @Test
    void twoKeysOfOneNameAreNoSet() {
        String first = Tokens.FIRST.toPublicJWK().toJSONString();

        assertThatThrownBy(() -> parse("{\"keys\":[" + first + "," + first + "]}"))
                .hasMessage("two keys have the same kid");
    }

    @Test
    void aThousandKeysAreTooMany() {
        String first = Tokens.FIRST.toPublicJWK().toJSONString();

        assertThatThrownBy(() -> parse("{\"keys\":[" + (first + ",").repeat(100) + first + "]}"))
                .isInstanceOf(MalformedKeySetException.class);
    }
}
