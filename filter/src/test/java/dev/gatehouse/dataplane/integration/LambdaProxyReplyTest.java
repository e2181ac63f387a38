package dev.gatehouse.dataplane.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.dataplane.integration.LambdaProxyReply.Answer;
import dev.gatehouse.dataplane.integration.LambdaProxyReply.Malformed;
import dev.gatehouse.engine.lambda.LambdaResult;
import dev.gatehouse.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

class LambdaProxyReplyTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * One file per statement: what the function answered ({@code reply} as JSON, {@code raw} as text), and either the answer
     * ({@code status}, {@code headers}, {@code body} or {@code bodyHex}) or the beginning of the reason why it is {@code
     * malformed}.
     */
    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        Path directory = Path.of(getClass().getResource("/lambda-proxy-cases").toURI());
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).hasSizeGreaterThan(50);
            return sorted.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString().replace(".json", ""),
                            () -> check(MAPPER.readTree(file.toFile()))));
        }
    }

    private static void check(JsonNode expected) throws IOException {
        String text = expected.has("raw")
                ? expected.path("raw").asText()
                : expected.path("reply").toString();
        LambdaProxyReply reply =
                LambdaProxyReply.parse(utf8(text), expected.path("decodeBinary").asBoolean());

        assertThat(expected.path("origin").asText()).isNotEmpty();
        if (expected.has("malformed")) {
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Malformed.class,
                            malformed -> assertThat(malformed.reason())
                                    .startsWith(expected.path("malformed").asText()));
        } else {
            assertThat(reply).isInstanceOfSatisfying(Answer.class, answer -> {
                assertThat(answer.status()).isEqualTo(expected.path("status").asInt());
                assertThat(answer.headers()).isEqualTo(headers(expected.path("headers")));
                assertThat(answer.body()).isEqualTo(body(expected));
            });
        }
    }

    private static byte[] body(JsonNode expected) {
        return expected.has("bodyHex")
                ? HexFormat.of().parseHex(expected.path("bodyHex").asText())
                : utf8(expected.path("body").asText());
    }

    private static Headers headers(JsonNode lines) {
        Headers.Builder headers = Headers.builder();
        lines.forEach(line -> headers.add(line.path(0).asText(), line.path(1).asText()));
        return headers.build();
    }

    @Test
    void functionErrorIsMalformedWhateverItsPayload() {
        assertThat(LambdaProxyReply.of(new LambdaResult(utf8("{\"statusCode\":200}"), "Unhandled"), false))
                .isEqualTo(new Malformed("function error Unhandled"));
        assertThat(LambdaProxyReply.of(LambdaResult.of(utf8("{\"statusCode\":202}")), false)
                        .<Object>fold(Answer::status, Malformed::reason))
                .isEqualTo(202);
    }

    @Test
    void longNameOfAnUnknownMemberIsCut() {
        assertThat(LambdaProxyReply.parse(utf8("{\"" + "x".repeat(1000) + "\":1}"), false))
                .isEqualTo(new Malformed("unknown member " + "x".repeat(64) + "..."));
    }

    /** They have one hash code in Jackson's table of names, which would break and fail the answers to come. */
    @Test
    @Timeout(60)
    void headersWhoseNamesCollideAreRead() {
        List<String> names = List.of("");
        for (int length = 0; length < 12; length++) {
            names = names.stream()
                    .flatMap(name -> Stream.of(name + "aB", name + "b!"))
                    .toList();
        }
        String headers = names.stream().map(name -> "\"" + name + "\":\"1\"").collect(Collectors.joining(","));

        assertThat(LambdaProxyReply.parse(utf8("{\"headers\":{" + headers + "}}"), false))
                .isInstanceOfSatisfying(
                        Answer.class,
                        answer -> assertThat(answer.headers().toMultiMap()).hasSize(4_096));
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        byte[] latin = "{\"body\":\"Z\u00fcrich\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(LambdaProxyReply.parse(latin, false)).isEqualTo(new Malformed("answer is not JSON"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
