package dev.gatehouse.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\u001bb", "a\u0085b", "a\u2028b", "a\u0000\u007fb"})
    void whatACallerSaysStaysOnOneLineAndCommandsNoTerminal(String text) {
        assertThat(LogText.of(text)).isEqualTo("a b");
    }
}
