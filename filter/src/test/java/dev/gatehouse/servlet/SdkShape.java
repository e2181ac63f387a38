package dev.gatehouse.servlet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills what Amazon's client sends from a node, and reads what it got: by the client's own description of its types. */
final class SdkShape {

    private SdkShape() {}

    /** @throws IllegalArgumentException for a member that the type does not have */
    static <T extends SdkPojo> T fill(T builder, JsonNode members) {
        members.properties().forEach(entry -> {
            SdkField<?> field = field(builder, entry.getKey());
            field.set(builder, value(field, entry.getValue()));
        });
        return builder;
    }

    /** @return the value at a path of members and list indexes, such as {@code items/0/id} */
    static Object read(Object from, String path) {
        Object value = from;
        for (String name : path.split("/")) {
            value = value instanceof List<?> list
                    ? list.get(Integer.parseInt(name))
                    : field((SdkPojo) value, name).getValueOrDefault(value);
        }
        return value;
    }

    private static SdkField<?> field(SdkPojo shape, String name) {
        return shape.sdkFields().stream()
                .filter(field -> field.memberName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(shape.getClass().getSimpleName() + " has no member " + name));
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            return ((Buildable) fill(field.constructor().get(), node)).build();
        }
        if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> list = new ArrayList<>();
            node.forEach(one -> list.add(value(member, one)));
            return list;
        }
        if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), value(member, entry.getValue())));
            return map;
        }
        if (type == MarshallingType.SDK_BYTES) {
            return SdkBytes.fromUtf8String(node.textValue());
        }
        if (type == MarshallingType.INTEGER) {
            return node.intValue();
        }
        if (type == MarshallingType.DOUBLE) {
            return node.doubleValue();
        }
        return type == MarshallingType.BOOLEAN ? (Object) node.booleanValue() : node.asText();
    }
}
