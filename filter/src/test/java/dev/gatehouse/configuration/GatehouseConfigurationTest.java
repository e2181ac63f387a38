package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.configuration.FunctionConfiguration.FunctionName;
import dev.gatehouse.configuration.FunctionConfiguration.InProcess;
import dev.gatehouse.configuration.FunctionConfiguration.Remote;
import dev.gatehouse.definition.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatehouseConfigurationTest {

    @Test
    void anEmbedderNeedsNoFile() {
        GatehouseConfiguration configuration = GatehouseConfiguration.builder()
                .accountId("123456789012")
                .region("us-gov-west-1")
                .unmatched(Unmatched.PASS)
                .api(RestApiConfiguration.of("orders", "orders.yaml", new StageConfiguration(stage("prod"), "/")))
                .function(InProcess.of("hello", "com.example.Hello"))
                .credentials("caller", new AwsCredentials("AKIDEXAMPLE", "secret", null))
                .function(remote("far", "caller"))
                .endpoints(EndpointRules.allowing("10.0.0.0/8"))
                .build();
        assertThat(configuration.functions().get(0).function().arn("us-gov-west-1", "123456789012"))
                .isEqualTo("arn:aws:lambda:us-gov-west-1:123456789012:function:hello");
    }

    @Test
    void anEmbedderIsHeldToTheRulesOfTheFile() {
        GatehouseConfiguration.Builder builder = GatehouseConfiguration.builder();
        refused(() -> GatehouseConfiguration.builder().accountId("12").build(), "accountId");
        refused(() -> GatehouseConfiguration.builder().region("Berlin").build(), "region");
        refused(() -> RestApiConfiguration.of("a/b", "a.yaml"), "restApiId");
        refused(() -> RestApiConfiguration.of("a", "../a.yaml"), "body");
        refused(() -> new StageConfiguration(stage("s"), "shop"), "servedAt");
        refused(
                () -> RestApiConfiguration.of(
                        "a", "a.yaml", StageConfiguration.of(stage("s")), StageConfiguration.of(stage("s"))),
                "stageName");
        refused(() -> InProcess.of("f", "not a class"), "handler");
        refused(() -> InProcess.of("f:1:2", "A"), "functionName");
        refused(() -> new InProcess(FunctionName.parse("f"), "A", Duration.ofSeconds(901), 128), "timeout");
        refused(() -> new InProcess(FunctionName.parse("f"), "A", Duration.ofSeconds(1), 127), "memorySize");
        refused(() -> new Remote(FunctionName.parse("f"), URI.create("file:/x"), null, null), "endpoint");
        refused(() -> new Remote(FunctionName.parse("f"), URI.create("http://u@x/"), null, null), "endpoint");
        refused(() -> new FunctionName("f", "arn:aws:s3:::x"), "functionArn");
        refused(() -> new AwsCredentials("a", "", null), "secretAccessKey");
        refused(() -> builder.function(remote("f", "nobody")).build(), "nobody");
        refused(
                () -> GatehouseConfiguration.builder()
                        .api(RestApiConfiguration.of("a", "a.yaml", new StageConfiguration(stage("s"), "/")))
                        .api(RestApiConfiguration.of("b", "b.yaml", new StageConfiguration(stage("s"), "/")))
                        .build(),
                "servedAt");
        refused(
                () -> GatehouseConfiguration.builder()
                        .api(RestApiConfiguration.of("a", "a.yaml"))
                        .api(RestApiConfiguration.of("A", "b.yaml"))
                        .build(),
                "restApiId");
    }

    @Test
    void aFunctionIsTheSameUnderItsNameAndItsArn() {
        refused(
                () -> GatehouseConfiguration.builder()
                        .function(InProcess.of("f", "A"))
                        .function(InProcess.of("arn:aws:lambda:us-east-1:000000000000:function:f", "B"))
                        .build(),
                "function");
    }

    @Test
    void credentialsDoNotShowTheirSecrets() {
        assertThat(new AwsCredentials("AKIDEXAMPLE", "hunter2", "hunter3").toString())
                .isEqualTo("AwsCredentials[accessKeyId=AKIDEXAMPLE, secretAccessKey=***, sessionToken=***]");
    }

    @Test
    void theProcessOffersItsFilesAndProperties(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\r\n");
        Path large = Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);
        SecretSource process = SecretSource.ofProcess();
        assertThat(process.file(file.toString())).isEqualTo("s3cret");
        assertThatThrownBy(() -> process.file(large.toString())).isInstanceOf(IOException.class);
        assertThat(process.property("java.version")).isPresent();
        assertThat(process.property("gatehouse.no.such.property")).isEmpty();
        assertThat(process.environment("GATEHOUSE_NO_SUCH_VARIABLE")).isEmpty();
        assertThatThrownBy(() -> process.jndi("java:global/none"))
                .hasMessage("NoInitialContextException")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> process.jndi("ldap://127.0.0.1/x")).hasMessageContaining("begin with java:");
    }

    private static Remote remote(String name, String credentials) {
        return new Remote(FunctionName.parse(name), URI.create("http://127.0.0.1:9001"), null, credentials);
    }

    private static Stage stage(String name) {
        Stage.Draft draft = Stage.draft();
        draft.stageName = name;
        return draft.build();
    }

    private static void refused(ThrowingCallable call, String names) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(names);
    }
}
