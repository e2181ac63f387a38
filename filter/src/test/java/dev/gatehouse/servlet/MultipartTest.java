package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=xx";
    private static final String HEAD = "Content-Disposition: form-data; name=\"a\"\r\n";

    private static List<Part> parse(String body) throws ServletException {
        return Multipart.parse(body.getBytes(StandardCharsets.UTF_8), TYPE, StandardCharsets.UTF_8);
    }

    private static String text(Part part) throws Exception {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void partsKeepNamesHeadersAndContent() throws Exception {
        List<Part> parts = parse("preamble\r\n--xx \r\n" + HEAD + "\r\n\r\n--x\r\n\r\n--xx\r\n"
                + "content-disposition: form-data; name=\"f\"; filename=\"C:\\dir\\\"q\\\".txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n\u00fc\r\n--xx--\r\nepilogue");
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).getName()).isEqualTo("a");
        assertThat(parts.get(0).getSubmittedFileName()).isNull();
        assertThat(text(parts.get(0))).isEqualTo("\r\n--x\r\n");
        assertThat(parts.get(1).getSubmittedFileName()).isEqualTo("C:\\dir\"q\".txt");
        assertThat(parts.get(1).getContentType()).isEqualTo("text/plain");
        assertThat(parts.get(1).getHeader("CONTENT-TYPE")).isEqualTo("text/plain");
        assertThat(parts.get(1).getSize()).isEqualTo(2);
        assertThat(text(parts.get(1))).isEqualTo("\u00fc");
    }

    @Test
    void parameterWithoutAValueHidesNoOther() {
        assertThat(Multipart.parameters("text/plain; odd; charset=utf-8")).containsEntry("charset", "utf-8");
        assertThat(Multipart.parameters("text/plain;charset=utf-8; odd")).containsEntry("charset", "utf-8");
    }

    @Test
    void noPartsAreFine() throws Exception {
        assertThat(parse("--xx--")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--xx",
                "--xx\r\n",
                "--xxy\r\n" + HEAD + "\r\n1\r\n--xx--",
                "--xx\r\n" + HEAD + "\r\nnever ends",
                "--xx\r\n" + HEAD + "no colon\r\n\r\n1\r\n--xx--",
                "--xx\r\n\r\nno disposition\r\n--xx--",
                "--xx\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--xx--",
                "--xx\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--xx--",
                "--xx\n" + HEAD + "\n1\n--xx--"
            })
    void brokenBodyIsAnError(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(ServletException.class);
    }

    @Test
    void otherTypeOrNoBoundaryIsAnError() {
        for (String type : new String[] {"text/plain", "multipart/mixed; boundary=xx", "multipart/form-data", null}) {
            assertThatThrownBy(() -> Multipart.parse(new byte[0], type, StandardCharsets.UTF_8))
                    .isInstanceOf(ServletException.class);
        }
    }

    @Test
    void thousandPartsAreTheMost() throws Exception {
        String part = "--xx\r\n" + HEAD + "\r\n1\r\n";
        assertThat(parse(part.repeat(1000) + "--xx--")).hasSize(1000);
        assertThatThrownBy(() -> parse(part.repeat(1001) + "--xx--")).hasMessageContaining("more than 1000");
    }

    @Test
    @Timeout(60)
    void millionsOfPartsOrParametersTakeTimeInProportion() {
        String empty = ";".repeat(8_000_000);
        String valueless = ";a".repeat(4_000_000);

        assertThat(Multipart.parameters("form-data" + empty + "name=x")).containsEntry("name", "x");
        assertThat(Multipart.parameters("form-data" + valueless + ";name=x")).containsEntry("name", "x");
        assertThat(Multipart.parameters("form-data" + valueless)).hasSize(1);
        assertThatThrownBy(() -> parse(("--xx\r\n" + HEAD + "\r\n1\r\n").repeat(1_000_000) + "--xx--"))
                .hasMessageContaining("more than 1000");
        assertThatThrownBy(() -> parse("\r\n--x\r\n--".repeat(1_000_000))).hasMessageContaining("boundary is missing");
    }

    @Property
    void whateverIsWrittenIsReadAgain(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
            @ForAll @CharRange(from = '\t', to = '~') @StringLength(max = 60) String content)
            throws Exception {
        List<Part> parts = parse("--xx\r\nContent-Disposition: form-data; name=" + name + "\r\n\r\n"
                + content.replace("--xx", "") + "\r\n--xx--");
        assertThat(parts.get(0).getName()).isEqualTo(name);
        assertThat(text(parts.get(0))).isEqualTo(content.replace("--xx", ""));
    }
}
