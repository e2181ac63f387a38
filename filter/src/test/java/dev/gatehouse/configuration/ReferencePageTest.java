package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.configuration.Shape.Flag;
import dev.gatehouse.configuration.Shape.Key;
import dev.gatehouse.configuration.Shape.Keys;
import dev.gatehouse.configuration.Shape.Listing;
import dev.gatehouse.configuration.Shape.Names;
import dev.gatehouse.configuration.Shape.Referable;
import dev.gatehouse.configuration.Shape.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The reference and the JSON Schema say what the reader does. Where one of these tests is red because the table of keys has
 * changed, what belongs in {@code docs/reference} lies in {@code target/reference}.
 */
class ReferencePageTest {

    private static final Path REFERENCE = Path.of("../docs/reference");
    private static final Path EXPECTED = Path.of("target/reference");

    private static final Map<String, Keys> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("file", FileShape.FILE);
        SECTIONS.put("apis", FileShape.API);
        SECTIONS.put("stages", FileShape.STAGE);
        SECTIONS.put("methodSettings", FileShape.METHOD_SETTING);
        SECTIONS.put("canarySettings", FileShape.CANARY);
        SECTIONS.put("accessLogSettings", FileShape.ACCESS_LOG);
        SECTIONS.put("functions", FileShape.FUNCTION);
        SECTIONS.put("credentials", FileShape.CREDENTIALS);
        SECTIONS.put("secret", FileShape.SECRET);
        SECTIONS.put("identities", FileShape.IDENTITY);
        SECTIONS.put("policies", FileShape.POLICY);
        SECTIONS.put("controlPlane", FileShape.CONTROL_PLANE);
        SECTIONS.put("apiKeys", FileShape.API_KEY);
        SECTIONS.put("usagePlans", FileShape.USAGE_PLAN);
        SECTIONS.put("apiStages", FileShape.PLAN_STAGE);
        SECTIONS.put("throttle", FileShape.THROTTLE);
        SECTIONS.put("quota", FileShape.QUOTA);
        SECTIONS.put("usageData", FileShape.USAGE_DATA);
        SECTIONS.put("cluster", FileShape.CLUSTER);
        SECTIONS.put("cluster.redis", FileShape.REDIS);
        SECTIONS.put("userPools", FileShape.USER_POOL);
        SECTIONS.put("endpoints", FileShape.ENDPOINTS);
        SECTIONS.put("vpcLinks", FileShape.VPC_LINK);
        SECTIONS.put("listeners", FileShape.VPC_LINK_LISTENER);
        SECTIONS.put("aws", FileShape.AWS);
        SECTIONS.put("aws.endpoints", FileShape.AWS_ENDPOINT);
        SECTIONS.put("aws.roles", FileShape.AWS_ROLE);
        SECTIONS.put("requestTraces", FileShape.REQUEST_TRACES);
        SECTIONS.put("requestTraces.stages", FileShape.TRACED_STAGE);
    }

    @Test
    void theSchemaHasTheKeysOfTheReader() throws IOException {
        String expected = new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(JsonSchemaOfShape.document(FileShape.FILE))
                        .replace("\r\n", "\n")
                + "\n";
        keep("gatehouse.schema.json", expected);
        assertThat(Files.readString(REFERENCE.resolve("gatehouse.schema.json"))).isEqualTo(expected);
    }

    @Test
    void theTablesOfThePageHaveTheKeysOfTheReader() throws IOException {
        String page = page();
        String expected = page;
        for (Map.Entry<String, Keys> section : SECTIONS.entrySet()) {
            String begin = "<!-- keys: " + section.getKey() + " -->\n";
            assertThat(page).contains(begin);
            int from = expected.indexOf(begin) + begin.length();
            int to = expected.indexOf("<!-- end -->", from);
            expected = expected.substring(0, from) + table(section.getValue()) + expected.substring(to);
        }
        keep("configuration.md", expected);
        assertThat(page).isEqualTo(expected);
    }

    @Test
    void everyMappingOfTheTableHasASectionOnThePage() {
        List<Keys> all = new ArrayList<>();
        collect(FileShape.FILE, all);
        assertThat(SECTIONS.values()).containsAll(all);
    }

    /** A file is followed by what the reader says about it, or it is accepted. */
    @Test
    void everyExampleOfThePageIsWhatItSaysItIs() throws IOException {
        Pattern example = Pattern.compile("```yaml\\n(.*?)```\\n(?:\\n```text\\n(.*?)```)?", Pattern.DOTALL);
        List<MatchResult> examples = example.matcher(page()).results().toList();
        assertThat(examples).hasSizeGreaterThan(5);
        for (MatchResult found : examples) {
            String said = found.group(2) == null ? "" : found.group(2);
            assertThat(report(found.group(1))).as(found.group(1)).isEqualTo(said);
        }
    }

    private static String report(String file) {
        return ConfigurationFile.read("gatehouse.yaml", file.getBytes(StandardCharsets.UTF_8), FakeSecrets.SOME)
                .fold(read -> "", problems -> {
                    StringBuilder lines = new StringBuilder();
                    problems.forEach(problem -> lines.append(problem).append('\n'));
                    return lines.toString();
                });
    }

    private static void collect(Shape shape, List<Keys> into) {
        if (shape instanceof Keys keys) {
            into.add(keys);
            keys.keys().forEach(key -> collect(key.shape(), into));
        } else if (shape instanceof Listing listing) {
            collect(listing.item(), into);
        } else if (shape instanceof Referable referable) {
            into.add(referable.reference());
        } else if (shape instanceof Names names) {
            collect(names.value(), into);
        }
    }

    private static String table(Keys keys) {
        StringBuilder table = new StringBuilder("\n| Key | Value | Default | What it does |\n|---|---|---|---|\n");
        for (Key key : keys.keys()) {
            String standard =
                    key.standard() != null ? "`" + key.standard() + "`" : key.required() ? "**required**" : "";
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(key.name(), cell(value(key.shape())), standard, cell(key.about())));
        }
        keys.refused().keySet().stream()
                .sorted()
                .forEach(name -> table.append("| `%s` | | | Refused: %s. |\n"
                        .formatted(name, cell(keys.refused().get(name)))));
        return table.append('\n').toString();
    }

    private static String value(Shape shape) {
        if (shape instanceof Listing listing) {
            return listing.item() instanceof Text text ? "list; each " + text.says() : "list of mappings";
        }
        if (shape instanceof Names names) {
            String each = names.value() instanceof Text text ? text.says() : "a mapping";
            return "mapping; each name " + names.name().says() + "; each value " + each;
        }
        if (shape instanceof Referable) {
            return shape.expected() + " as a [secret](#where-a-secret-lies)";
        }
        if (shape == FileShape.SECRET) {
            return "where a secret lies, see below";
        }
        return shape instanceof Flag || !(shape instanceof Keys) ? shape.expected() : "mapping, see below";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("~", "\\~")
                .replace("<", "&lt;");
    }

    private static String page() throws IOException {
        return Files.readString(REFERENCE.resolve("configuration.md"));
    }

    private static void keep(String name, String text) throws IOException {
        Files.createDirectories(EXPECTED);
        Files.writeString(EXPECTED.resolve(name), text);
    }
}
