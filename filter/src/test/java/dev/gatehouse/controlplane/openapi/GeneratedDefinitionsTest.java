package dev.gatehouse.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.controlplane.openapi.ExportOptions.Format;
import dev.gatehouse.controlplane.openapi.ExportOptions.Syntax;
import dev.gatehouse.definition.ApiDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any definition that a document can say comes back from its export. */
class GeneratedDefinitionsTest {

    private static final List<String> VERBS = List.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final List<String> PARTS = List.of("a", "b.c", "d_e", "{id}", "{key}", "f-g");

    @Property(tries = 200)
    void comesBackFromItsExport(@ForAll long seed, @ForAll Format format, @ForAll Syntax syntax) {
        String document = new Documents(new Random(seed)).document();
        ApiDefinition before = Imports.definition(document, Imports.OPTIONS);

        String exported =
                OpenApiExportTest.text(before, OpenApiExportTest.options(format, syntax, "1", OpenApiExportTest.all()));
        ApiDefinition after = Imports.definition(exported, Imports.OPTIONS);

        assertThat(Exports.comparable(after)).isEqualTo(Exports.comparable(before));
    }

    /** Random documents in JSON, all of them accepted. */
    private record Documents(Random random) {

        String document() {
            return "{\"openapi\":\"3.0.1\",\"info\":{\"title\":" + text() + ",\"version\":" + text() + "},"
                    + "\"paths\":{" + String.join(",", paths()) + "},"
                    + "\"x-amazon-apigateway-request-validators\":{\"v\":{\"validateRequestBody\":"
                    + random.nextBoolean()
                    + "}},"
                    + "\"components\":{\"schemas\":{\"M\":{\"description\":" + text()
                    + ",\"properties\":{\"default\":{\"$ref\":\"#/components/schemas/N\"}}},"
                    + "\"N\":{\"enum\":[" + text() + "," + random.nextDouble() + ",null]}},"
                    + "\"securitySchemes\":{\"key\":{\"type\":\"apiKey\",\"name\":\"x-api-key\",\"in\":\"header\"},"
                    + "\"iam\":{\"type\":\"apiKey\",\"name\":\"Authorization\",\"in\":\"header\","
                    + "\"x-amazon-apigateway-authtype\":\"awsSigv4\"},"
                    + "\"sigv4\":{\"type\":\"apiKey\",\"name\":\"T\",\"in\":\"header\","
                    + "\"x-amazon-apigateway-authorizer\":{\"type\":\"cognito_user_pools\",\"providerARNs\":[\"arn:x\"]}}}}}";
        }

        private List<String> paths() {
            List<String> paths = new ArrayList<>();
            boolean key = random.nextBoolean(); // one variable can stand in each place
            for (String first : some(PARTS)) {
                for (String second : some(PARTS)) {
                    if (!first.equals(second)
                            && !first.equals(key ? "{id}" : "{key}")
                            && !second.equals(key ? "{id}" : "{key}")) {
                        paths.add("\"/" + first + "/" + second + "\":{" + String.join(",", operations()) + "}");
                    }
                }
            }
            return paths;
        }

        private List<String> operations() {
            List<String> operations = new ArrayList<>();
            some(VERBS).forEach(verb -> operations.add("\"" + verb + "\":" + operation()));
            if (random.nextBoolean()) {
                operations.add("\"x-amazon-apigateway-any-method\":" + operation());
            }
            return operations;
        }

        private String operation() {
            List<String> members = new ArrayList<>();
            members.add("\"operationId\":" + text());
            members.add("\"parameters\":[{\"in\":\"query\",\"name\":\"q" + random.nextInt(9) + "\",\"required\":"
                    + random.nextBoolean() + "}]");
            members.add("\"responses\":{\"200\":{\"headers\":{\"X-A\":{}},\"content\":{"
                    + "\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/M\"}}}},\"404\":{}}");
            if (random.nextBoolean()) {
                members.add("\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\","
                        + "\"title\":" + text() + "}}}}");
            }
            if (random.nextBoolean()) {
                members.add("\"x-amazon-apigateway-request-validator\":\"v\"");
            }
            members.add("\"security\":"
                    + pick("[]", "[{\"key\":[]}]", "[{\"iam\":[]}]", "[{\"sigv4\":[\"s\"]},{\"key\":[]}]"));
            members.add("\"x-amazon-apigateway-integration\":" + integration());
            return "{" + String.join(",", members) + "}";
        }

        private String integration() {
            return pick(
                    "{\"type\":\"mock\",\"requestTemplates\":{\"application/json\":" + text() + "},\"responses\":{"
                            + "\"default\":{\"statusCode\":200,\"responseTemplates\":{\"text/html\":" + text() + "}}}}",
                    "{\"type\":\"http\",\"httpMethod\":\"POST\",\"uri\":\"http://x/\",\"timeoutInMillis\":"
                            + (50 + random.nextInt(28_000)) + ",\"passthroughBehavior\":\"never\"}",
                    "{\"type\":\"http_proxy\",\"uri\":\"servlet:///x\",\"cacheNamespace\":" + text() + "}");
        }

        /** Words that a careless writer of YAML or JSON would change. */
        private String text() {
            return pick(
                    "\"yes\"",
                    "\"1e3\"",
                    "\"null\"",
                    "\"a: b # c\"",
                    "\"line\\n  two\\n\"",
                    "\"\\\"q\\\" \\\\ \\t\"",
                    "\"  x  \"",
                    "\"\\u00e9\\u2028\\ud83d\\ude00\"",
                    "\"2020-01-01\"",
                    "\"" + "word ".repeat(60) + "\"");
        }

        private String pick(String... texts) {
            return texts[random.nextInt(texts.length)];
        }

        private List<String> some(List<String> all) {
            return all.stream().filter(one -> random.nextInt(3) == 0).toList();
        }
    }
}
