package dev.gatehouse.controlplane.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A tree as YAML. Every text is in double quotes, so that no reader takes it for something else; no line grows without end. */
final class YamlText {

    private static final int WIDTH = 160;

    private YamlText() {}

    static String of(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setWidth(WIDTH);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(node(tree), text);
        return text.toString();
    }

    private static Node node(JsonNode tree) {
        if (tree.isObject()) {
            List<NodeTuple> members = new ArrayList<>();
            tree.properties()
                    .forEach(member -> members.add(new NodeTuple(text(member.getKey()), node(member.getValue()))));
            return new MappingNode(Tag.MAP, members, members.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (tree.isArray()) {
            List<Node> items = new ArrayList<>();
            tree.forEach(item -> items.add(node(item)));
            return new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        return tree.isTextual() ? text(tree.textValue()) : plain(tree);
    }

    private static ScalarNode text(String value) {
        return new ScalarNode(Tag.STR, value, null, null, ScalarStyle.DOUBLE_QUOTED);
    }

    private static ScalarNode plain(JsonNode value) {
        Tag tag = value.isNull()
                ? Tag.NULL
                : value.isBoolean() ? Tag.BOOL : value.isIntegralNumber() ? Tag.INT : Tag.FLOAT;
        return new ScalarNode(tag, value.asText(), null, null, ScalarStyle.PLAIN);
    }
}
