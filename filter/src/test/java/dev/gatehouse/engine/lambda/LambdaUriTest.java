package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaUriTest {

    private static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:f:live";

    @ParameterizedTest
    @ValueSource(strings = {"path/", "path//"})
    void functionAndRegionAreRead(String path) {
        LambdaUri uri = LambdaUri.parse(
                "arn:aws:apigateway:us-east-1:lambda:" + path + "2015-03-31/functions/" + ARN + "/invocations");

        assertThat(uri).isEqualTo(new LambdaUri("us-east-1", FunctionName.parse(ARN), false));
    }

    @Test
    void streamingOperationIsRecognised() {
        LambdaUri uri = LambdaUri.parse("arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/" + ARN
                + "/response-streaming-invocations");

        assertThat(uri.streaming()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:lambda:us-east-1:123456789012:function:f | uri must be arn:aws:apigateway:",
                "arn:aws:apigateway::lambda:path/2015-03-31/functions/f/invocations | region is missing",
                "arn:aws:apigateway:us-east-1:lambda:action/Invoke | Lambda uri must end in path/2015-03-31/functions/",
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f | Lambda uri must end in",
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations/ | Lambda uri must end in",
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f g/invocations | no Lambda function name",
                "arn:aws:apigateway:us-east-1:lambda:path/2016-01-01/functions/f/invocations | Lambda uri must name",
                "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/f/invocations | Lambda uri must name"
            })
    void mistakeIsNamedTogetherWithTheUri(String uri, String beginning) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LambdaUri.parse(uri))
                .satisfies(e -> assertThat(e.getMessage()).startsWith(beginning).endsWith(uri));
    }

    @Test
    void otherServicesAreNotLambda() {
        assertThat(LambdaUri.isLambda("arn:aws:apigateway:us-east-1:sqs:path/123456789012/q"))
                .isFalse();
        assertThat(LambdaUri.isLambda("arn:aws:apigateway:us-east-1:lambda:anything"))
                .isTrue();
    }
}
