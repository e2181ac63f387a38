package dev.gatehouse.controlplane.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.protocols.core.OperationInfo;

class OperationsTest {

    private static final String MARSHALLERS = "software.amazon.awssdk.services.apigateway.transform.";

    static List<Operation> operations() {
        return Operations.ALL.list();
    }

    static List<Operation> amazons() {
        return operations().stream()
                .filter(operation -> !operation.path().startsWith(Operation.OWN + "/"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("amazons")
    void everyOperationIsWhereTheServiceModelHasIt(Operation operation) throws Exception {
        Field binding = Class.forName(MARSHALLERS + operation.name() + "RequestMarshaller")
                .getDeclaredField("SDK_OPERATION_BINDING");
        binding.setAccessible(true);
        OperationInfo amazons = (OperationInfo) binding.get(null);

        assertThat(operation.method()).isEqualTo(amazons.httpMethod().name());
        assertThat(withoutLabels(operation.path()))
                .isEqualTo(withoutLabels(amazons.requestUri().replaceAll("\\?.*", "")));
    }

    private static String withoutLabels(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationIsInTheReference(Operation operation) throws Exception {
        assertThat(Files.readString(Path.of("../docs/reference/operations.md")))
                .containsPattern("\\b" + operation.name() + "\\b");
    }

    @Test
    void noOperationIsThereTwice() {
        Operation one = Operation.of("GetThing", "GET", "/things", 200, call -> Answer.NOTHING);

        assertThatThrownBy(() -> new Operations(List.of(one, one)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GetThing");
    }
}
