package dev.gatehouse.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.engine.aws.ServiceEndpoints.Elsewhere;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {

    @Test
    void mostPreciseEntryWinsWhateverTheOrder() {
        ServiceEndpoints endpoints = ServiceEndpoints.of(List.of(
                elsewhere(null, null, "http://all"),
                elsewhere(null, "eu-west-1", "http://region"),
                elsewhere("sqs", null, "http://service"),
                elsewhere("sqs", "eu-west-1", "http://both/base/")));

        assertThat(endpoints.find("sqs", "eu-west-1").url()).isEqualTo("http://both/base");
        assertThat(endpoints.find("sqs", "us-east-1").url()).isEqualTo("http://service");
        assertThat(endpoints.find("sns", "eu-west-1").url()).isEqualTo("http://region");
        assertThat(endpoints.find("sts", "us-east-1")).isEqualTo(new ServiceEndpoint("http://all", "us-east-1", "sts"));
    }

    @Test
    void oneEndpointForEverythingStillTellsServicesApartByTheirSignature() {
        ServiceEndpoints endpoints = ServiceEndpoints.of(List.of(elsewhere(null, null, "http://127.0.0.1:4566")));

        assertThat(endpoints.find("email", "eu-west-1").signingName()).isEqualTo("ses");
        assertThat(endpoints.find("lambda", "eu-west-1").signingName()).isEqualTo("lambda");
        assertThat(endpoints.find("iam", "eu-west-1").region()).isEqualTo("us-east-1");
        assertThat(endpoints.moved("lambda", "eu-west-1")).isTrue();
    }

    @Test
    void bucketBeforeAHostThatHasNoSubDomainsGoesIntoThePath() {
        ServiceEndpoints endpoints = ServiceEndpoints.of(List.of(elsewhere(null, null, "http://127.0.0.1:4566")));

        assertThat(endpoints.find(uri("my.files.s3:path/a")).url()).isEqualTo("http://127.0.0.1:4566/my.files");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints.find(uri("runtime.sagemaker:path/a")))
                .withMessageContaining("give service \"runtime.sagemaker\" one of its own");
    }

    @Test
    void subDomainMayHaveAnEntryOfItsOwn() {
        ServiceEndpoints endpoints = ServiceEndpoints.of(List.of(
                elsewhere(null, null, "http://all"),
                new Elsewhere("runtime.sagemaker", null, URI.create("http://model"), "model")));

        assertThat(endpoints.find(uri("runtime.sagemaker:path/a")))
                .isEqualTo(new ServiceEndpoint("http://model", "eu-west-1", "model"));
    }

    @Test
    void hostsOfAmazonFollowPartitionAndRegion() {
        assertThat(ServiceEndpoints.AMAZON.find(uri("my-files.s3:path/a")).url())
                .isEqualTo("https://my-files.s3.eu-west-1.amazonaws.com");
        assertThat(ServiceEndpoints.AMAZON
                        .find(ServiceUri.parse("arn:aws-cn:apigateway:cn-north-1:sqs:path/1/q"))
                        .url())
                .isEqualTo("https://sqs.cn-north-1.amazonaws.com.cn");
        assertThat(ServiceEndpoints.AMAZON.find(uri("iam:action/GetUser")))
                .isEqualTo(new ServiceEndpoint("https://iam.amazonaws.com", "us-east-1", "iam"));
    }

    private static ServiceUri uri(String rest) {
        return ServiceUri.parse("arn:aws:apigateway:eu-west-1:" + rest);
    }

    private static Elsewhere elsewhere(String service, String region, String url) {
        return new Elsewhere(service, region, URI.create(url), null);
    }
}
