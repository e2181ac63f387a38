package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Every operation that Amazon's client has is called and answered, and each is refused once with an exception of the client's
 * own. The calls are {@code src/test/resources/sdk-calls/*.yaml}, each file a story of its own.
 */
class EveryOperationWithSdkTest {

    private static final Path CALLS = Path.of("src/test/resources/sdk-calls");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Without input, nothing that is refused can be sent. */
    private static final Set<String> WITHOUT_INPUT = Set.of("getAccount");

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> answered = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>(WITHOUT_INPUT);

    @Test
    void everyOperationIsAnsweredAndEachRefusalHasItsType() throws Exception {
        try (Stream<Path> files = Files.list(CALLS)) {
            for (Path file : files.sorted().toList()) {
                try (RunningControlPlane running = new RunningControlPlane();
                        ApiGatewayClient client = running.client("AKIDEXAMPLE").build()) {
                    tell(client, file);
                }
            }
        }
        Set<String> operations = Arrays.stream(ApiGatewayClient.class.getMethods())
                .filter(EveryOperationWithSdkTest::isOperation)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wrong).isEmpty();
        assertThat(operations).hasSize(124);
        assertThat(answered).containsExactlyElementsOf(operations);
        assertThat(refused).containsExactlyElementsOf(operations);
    }

    private void tell(ApiGatewayClient client, Path file) throws Exception {
        Map<String, String> known = new HashMap<>();
        int number = 0;
        for (JsonNode step : YAML.readTree(file.toFile())) {
            String place = file.getFileName() + ", call " + ++number;
            Map.Entry<String, JsonNode> call = step.properties().iterator().next();
            String text = call.getValue().toString();
            for (Map.Entry<String, String> one : known.entrySet()) {
                text = text.replace("${" + one.getKey() + "}", one.getValue());
            }
            JsonNode input = YAML.readTree(text);
            Optional<Object> answer =
                    run(client, call.getKey(), input, step.path("refused").textValue(), place);
            for (Map.Entry<String, JsonNode> one : step.path("capture").properties()) {
                answer.ifPresent(from -> known.put(
                        one.getKey(),
                        SdkShape.read(from, one.getValue().textValue()).toString()));
            }
        }
    }

    /** @param exception the simple name of the expected exception; null where an answer is expected */
    private Optional<Object> run(
            ApiGatewayClient client, String operation, JsonNode input, String exception, String place)
            throws Exception {
        String came = null;
        Object answer = null;
        try {
            answer = call(client, operation, input);
        } catch (AwsServiceException e) {
            came = e.getClass().getSimpleName();
            if (!came.equals(exception)) {
                wrong.add(place + ", " + operation + " " + input + ": " + e);
            }
        }
        if (Objects.equals(came, exception)) {
            (exception == null ? answered : refused).add(operation);
        } else if (came == null) {
            wrong.add(place + ", " + operation + " " + input + ": expected " + exception);
        }
        return Optional.ofNullable(answer);
    }

    private static Object call(ApiGatewayClient client, String operation, JsonNode input) throws Exception {
        Method method = Arrays.stream(ApiGatewayClient.class.getMethods())
                .filter(one -> one.getName().equals(operation) && isOperation(one))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The client has no operation " + operation));
        Object builder = method.getParameterTypes()[0].getMethod("builder").invoke(null);
        Object request = ((Buildable) SdkShape.fill((SdkPojo) builder, input)).build();
        try {
            return method.invoke(client, request);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static boolean isOperation(Method method) {
        return method.getParameterCount() == 1
                && ApiGatewayRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && !method.getName().endsWith("Paginator");
    }
}
