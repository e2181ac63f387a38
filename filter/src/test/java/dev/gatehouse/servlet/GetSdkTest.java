package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.controlplane.sdk.UnpackedSdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.GetSdkResponse;
import software.amazon.awssdk.services.apigateway.model.GetSdkTypesResponse;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.SdkType;

/** Amazon's client asks for clients, and these call the gateway that they were made by. */
class GetSdkTest {

    private static RunningControlPlane running;
    private static ApiGatewayClient client;
    private static String api;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        running = new RunningControlPlane();
        client = running.client("AKIDEXAMPLE").build();
        SdkBytes document = SdkBytes.fromByteArray(Files.readAllBytes(Path.of("src/test/resources/sdk/shop.api.yaml")));
        api = client.importRestApi(one -> one.body(document)).id();
        client.createDeployment(one -> one.restApiId(api).stageName("prod"));
    }

    @AfterAll
    static void stop() {
        client.close();
        running.close();
    }

    private static GetSdkResponse sdk(String type, Map<String, String> parameters) {
        return client.getSdk(
                one -> one.restApiId(api).stageName("prod").sdkType(type).parameters(parameters));
    }

    @Test
    void aGeneratedJavaClientCallsTheGateway() throws Exception {
        GetSdkResponse answer = sdk("java", Map.of("serviceName", "Shop", "javaPackageName", "com.example.shop"));
        UnpackedSdk sdk = UnpackedSdk.in(folder, answer.body().asByteArray());
        sdk.put(
                "src/main/java/com/example/shop/Calls.java",
                Files.readString(Path.of("src/test/resources/sdk/Calls.java")));

        Object seen = sdk.compiled("com.example.shop.Calls").getMethod("run").invoke(null);

        assertThat(answer.contentType()).isEqualTo("application/octet-stream");
        assertThat(answer.contentDisposition())
                .matches("attachment; filename=\"java_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\dZ\\.zip\"");
        assertThat(seen)
                .isEqualTo(List.of(
                        "a b&c=d+é dog true",
                        "trace 1 2.5",
                        "201 made",
                        "400 {\"message\": \"no such pet\"}",
                        "{id=7%20%2F%208, rest=x%20y}"));
    }

    @Test
    void aGeneratedJavaScriptClientCallsTheGateway() throws Exception {
        UnpackedSdk sdk =
                UnpackedSdk.in(folder, sdk("javascript", Map.of()).body().asByteArray());

        List<String> seen = sdk.run("calls.mjs");

        assertThat(seen)
                .containsExactly(
                        "a b&c=d+é dog true true",
                        "trace 1 2.5",
                        "201 made",
                        "400 no such pet",
                        "{\"id\":\"7%20%2F%208\",\"rest\":\"x%20y\"}");
    }

    @Test
    void typesAreWhatAmazonsClientReads() {
        GetSdkTypesResponse first = client.getSdkTypes(one -> one.limit(4));
        List<SdkType> types = new ArrayList<>(first.items());
        types.addAll(client.getSdkTypes(one -> one.position(first.position())).items());

        assertThat(types)
                .extracting(SdkType::id)
                .containsExactly("android", "java", "javascript", "objectivec", "ruby", "swift");
        assertThat(client.getSdkType(one -> one.id("java")).configurationProperties())
                .filteredOn(property -> property.required())
                .extracting(property -> property.name())
                .containsExactly("service.name", "java.package-name");
        assertThatThrownBy(() -> client.getSdkType(one -> one.id("cobol"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatCannotBeMadeIsRefusedInWords() {
        assertThatThrownBy(() -> sdk("java", Map.of("serviceName", "Shop")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Missing required parameter java.package-name");
        assertThatThrownBy(() -> sdk("cobol", Map.of()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("[android, java, javascript, objectivec, ruby, swift]");
        assertThatThrownBy(() -> client.getSdk(
                        one -> one.restApiId(api).stageName("none").sdkType("javascript")))
                .isInstanceOf(NotFoundException.class);
    }
}
