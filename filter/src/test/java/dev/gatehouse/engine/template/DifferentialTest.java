package dev.gatehouse.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.json.JsonText;
import dev.gatehouse.http.Headers;
import java.util.ConcurrentModificationException;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.exception.VelocityException;

/** The language itself is Velocity's: generated templates print the same on ours and on a plain one. */
class DifferentialTest {

    private static final String BODY =
            "{\"s\":\"text\",\"q\":\"a 'b' \\\"c\\\"/\\u00fc\\n\",\"n\":7,\"d\":1.50,\"b\":true,\"z\":null,\"e\":\"\","
                    + "\"list\":[1,2,3],\"none\":[],\"o\":{\"x\":\"y\",\"deep\":{\"l\":[\"a\",{\"m\":\"n\"}]}},"
                    + "\"items\":[{\"id\":\"i-1\",\"n\":1},{\"id\":\"i-2\",\"n\":2,\"part-key\":\"p\"}]}";
    private static final Map<String, String> QUERY = Map.of("page", "2", "name", "a b");
    private static final Map<String, String> VARIABLES = Map.of("color", "blue");

    private static final TemplateEngine ENGINE = new TemplateEngine(TemplateLimits.DEFAULT);
    private static final ReferenceVelocity REFERENCE = new ReferenceVelocity();
    private static final String PREAMBLE = "#set($t=$input.path('$'))#set($u=3)#set($m={'k':'v'})#set($l=['a','b'])";

    @Property(tries = 2500, edgeCases = EdgeCasesMode.NONE)
    void printsTheSameAsPlainVelocity(@ForAll("templates") String template) {
        // white space at both ends does not count, so there is none
        String whole = PREAMBLE + template + "|";

        assertThat(ours(whole)).isEqualTo(plain(whole));
    }

    @Provide
    Arbitrary<String> templates() {
        return GeneratedTemplates.all();
    }

    private static String ours(String template) {
        try {
            return ENGINE.compile("t", template)
                    .render(new TemplateCall(
                            JsonText.of(BODY),
                            RequestParameters.of(Map.of(), QUERY, Headers.EMPTY),
                            TestCalls.context(),
                            VARIABLES));
        } catch (TemplateSyntaxException e) {
            return "syntax error";
        } catch (TemplateRenderException e) {
            return "failure";
        }
    }

    private static String plain(String template) {
        try {
            return REFERENCE.render(template, ReferenceVelocity.tools(BODY, QUERY, VARIABLES));
        } catch (ParseErrorException e) {
            return "syntax error";
        } catch (VelocityException | ConcurrentModificationException e) {
            return "failure";
        }
    }
}
