package dev.gatehouse.controlplane.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.iam.IamClient;

class ActionsTest {

    static Collection<String> names() {
        return Action.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyActionIsOneOfAmazonsAndInTheReference(String name) throws Exception {
        String method = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);

        assertThat(Arrays.stream(IamClient.class.getMethods()).map(Method::getName))
                .contains(method);
        assertThat(Files.readString(Path.of("../docs/reference/operations.md"))).containsPattern("\\b" + name + "\\b");
    }
}
