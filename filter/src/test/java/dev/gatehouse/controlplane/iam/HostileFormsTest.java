package dev.gatehouse.controlplane.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;

/** Forms that nobody has written with a client, and texts that are no XML. */
class HostileFormsTest {

    private static final String PARTS = "&=%+;/.#<>\"'\r\n\0\uFFFE\uD800aAé1.member.Tags\uD83D\uDE00";

    @Test
    void whateverIsSentIsReadOrRefusedInWordsOfIam() {
        Random random = new Random(20261122);
        for (int round = 0; round < 5000; round++) {
            byte[] form = new byte[random.nextInt(60)];
            random.nextBytes(form);
            read(form);
            read(text(random).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void read(byte[] form) {
        Throwable thrown = catchThrowable(() -> {
            Parameters parameters = Parameters.parse(form);
            parameters.list("Tags", Parameters.Rule.of(0, 10, ".*"));
            parameters.pairs("Tags", Parameters.Rule.of(0, 10, ".*"), Parameters.Rule.of(0, 10, ".*"));
            parameters.number("1", 0, 10, 5);
            parameters.refuseWhatIsWrong();
        });
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IamError.class);
        }
    }

    @Test
    void anyTextStaysTextInXml() throws Exception {
        Random random = new Random(20261122);
        for (int round = 0; round < 2000; round++) {
            String text = text(random);
            Node root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(
                            Xml.of("Message", text).text().getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();

            assertThat(root.getChildNodes().getLength()).isLessThanOrEqualTo(1);
            assertThat(root.getTextContent())
                    .isEqualTo(text.codePoints()
                            .map(point -> point == 0 || point == 0xFFFE || point == 0xD800 ? 0xFFFD : point)
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining()));
        }
    }

    @Test
    void aFormHasAsManyParametersAsAnActionCouldWantAndNotMore() {
        String many = IntStream.range(0, 201).mapToObj(i -> "p" + i + "=").collect(Collectors.joining("&"));

        assertThatThrownBy(() -> Parameters.parse(many.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IamError.class)
                .hasMessage("A call has at most 200 parameters");
    }

    private static String text(Random random) {
        int[] points = PARTS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
