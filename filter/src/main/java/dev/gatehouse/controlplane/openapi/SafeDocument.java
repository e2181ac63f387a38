package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text to tree, JSON or YAML by content. Whatever is sent in, the answer is a tree or {@link Unreadable}: size, depth, names,
 * numbers and what YAML aliases add are limited, a name is used once in an object, and no type but JSON's is ever built.
 */
final class SafeDocument {

    /** Amazon's limit for an import. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    static final int MAX_DEPTH = 100;
    static final int MAX_NAME = 1024;
    static final int MAX_DIGITS = 1000;
    static final int MAX_YAML_LINE = 100_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNameLength(MAX_NAME)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private SafeDocument() {}

    static String decode(byte[] bytes) throws Unreadable {
        if (bytes.length > MAX_BYTES) {
            throw new Unreadable("the document has " + bytes.length + " bytes; the limit is " + MAX_BYTES);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Unreadable("the document is not UTF-8");
        }
    }

    static JsonNode parse(String text) throws Unreadable {
        try {
            return json(text);
        } catch (Unreadable notJson) {
            try {
                return YamlTree.parse(text);
            } catch (Unreadable notYaml) {
                throw text.stripLeading().startsWith("{") ? notJson : notYaml;
            }
        }
    }

    private static JsonNode json(String text) throws Unreadable {
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree.isMissingNode()) {
                throw new Unreadable("the document is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
            throw new Unreadable(
                    e.getLocation() == null
                            ? reason
                            : reason + " (line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ")");
        }
    }
}
