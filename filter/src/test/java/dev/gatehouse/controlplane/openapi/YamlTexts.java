package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Block-style YAML of a tree, with integer keys left bare as people write status codes. */
final class YamlTexts {

    private YamlTexts() {}

    static String of(JsonNode tree) throws Exception {
        String yaml = YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build()
                .writeValueAsString(tree);
        return yaml.replaceAll("(?m)^( *)\"([1-5][0-9][0-9])\":", "$1$2:");
    }
}
