package dev.gatehouse.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engines.GatewayOverEngine.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page is the test: its table is made, its files are served, its calls are made and answered as it says. */
class DynamoDbPageIT {

    private static final Path PAGE = Path.of("../docs/how-to/dynamodb-table.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\n(.*?)```");
    private static final Pattern CALL = Pattern.compile("http://localhost:8080(/[^']*)'");

    @Test
    void everythingThatThePageShowsHappens() throws Exception {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        Engine dynamo = Engine.of("dynamodb");
        dynamo.ask(
                "POST",
                "/",
                first(blocks, "json", "{"),
                "Content-Type",
                "application/x-amz-json-1.0",
                "X-Amz-Target",
                "DynamoDB_20120810.CreateTable",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        String configuration = first(blocks, "yaml", "apis:").replace("http://127.0.0.1:8000", dynamo.url());
        List<String> shown = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        try (GatewayOverEngine gateway =
                GatewayOverEngine.of(configuration, Map.of("notes.yaml", first(blocks, "yaml", "openapi:")))) {
            for (int i = 0; i < blocks.size(); i++) {
                String text = blocks.get(i).group(2);
                Matcher call = CALL.matcher(text);
                if (call.find()) {
                    shown.add(blocks.get(i + 1).group(2).strip());
                    seen.add(made(gateway, call.group(1), text));
                }
            }
        }

        assertThat(seen).isEqualTo(shown).hasSizeGreaterThan(5);
    }

    private static String made(GatewayOverEngine gateway, String path, String curl) throws Exception {
        String method = curl.contains(" -X ") ? curl.replaceAll("(?s).* -X (\\w+).*", "$1") : "GET";
        String body = curl.contains(" -d ") ? curl.replaceAll("(?s).* -d '([^']*)'.*", "$1") : "";
        Answered answer = gateway.call(method, path, body, "Content-Type", "application/json");
        return answer.text() + " " + answer.status();
    }

    private static String first(List<MatchResult> blocks, String language, String beginning) throws IOException {
        return blocks.stream()
                .filter(block ->
                        block.group(1).equals(language) && block.group(2).startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page shows no " + language + " that begins " + beginning))
                .group(2);
    }
}
