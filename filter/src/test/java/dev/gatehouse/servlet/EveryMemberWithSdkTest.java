package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** The control plane refuses members that it does not know. So it has to know every one that Amazon's client has. */
class EveryMemberWithSdkTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Set<String> sent = new TreeSet<>();
    private final List<String> notKnown = new ArrayList<>();

    @Test
    void everyMemberOfEveryInputIsKnown() throws Exception {
        try (RunningControlPlane running = new RunningControlPlane();
                ApiGatewayClient client = running.client("AKIDEXAMPLE").build()) {
            for (Method operation : ApiGatewayClient.class.getMethods()) {
                if (operation.getParameterCount() == 1
                        && ApiGatewayRequest.class.isAssignableFrom(operation.getParameterTypes()[0])
                        && !operation.getName().endsWith("Paginator")) {
                    call(client, operation);
                }
            }
        }
        assertThat(notKnown).isEmpty();
        assertThat(sent)
                .contains("createRestApi.endpointConfiguration", "putIntegration.uri", "updateStage.patchOperations");
    }

    private void call(ApiGatewayClient client, Method operation) throws Exception {
        SdkPojo shape = builder(operation);
        ObjectNode labels = JSON.objectNode();
        shape.sdkFields().stream()
                .filter(field -> field.location() == MarshallLocation.PATH)
                .forEach(field -> labels.put(field.memberName(), "GET"));
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.location() == MarshallLocation.PAYLOAD && field.marshallingType() != MarshallingType.SDK_BYTES) {
                ObjectNode members = labels.deepCopy();
                members.set(field.memberName(), sample(field));
                call(client, operation, members, operation.getName() + "." + field.memberName());
            }
        }
    }

    private void call(ApiGatewayClient client, Method operation, ObjectNode members, String place) throws Exception {
        sent.add(place);
        try {
            operation.invoke(client, ((Buildable) SdkShape.fill(builder(operation), members)).build());
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof ApiGatewayException refused
                    && refused.awsErrorDetails().errorMessage().startsWith("Not supported: ")) {
                notKnown.add(place + ": " + refused.awsErrorDetails().errorMessage());
            }
        }
    }

    private static SdkPojo builder(Method operation) throws ReflectiveOperationException {
        return (SdkPojo) operation.getParameterTypes()[0].getMethod("builder").invoke(null);
    }

    /** Of the right type, with every member that it can have. */
    private static JsonNode sample(SdkField<?> field) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            ObjectNode all = JSON.objectNode();
            field.constructor().get().sdkFields().forEach(member -> all.set(member.memberName(), sample(member)));
            return all;
        }
        if (type == MarshallingType.LIST) {
            return JSON.arrayNode().add(sample(field.getTrait(ListTrait.class).memberFieldInfo()));
        }
        if (type == MarshallingType.MAP) {
            return JSON.objectNode()
                    .set("key", sample(field.getTrait(MapTrait.class).valueFieldInfo()));
        }
        boolean number = type == MarshallingType.INTEGER || type == MarshallingType.DOUBLE;
        return number
                ? JSON.numberNode(1)
                : type == MarshallingType.BOOLEAN ? JSON.booleanNode(true) : JSON.textNode("x");
    }
}
