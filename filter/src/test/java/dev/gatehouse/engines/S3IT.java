package dev.gatehouse.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engines.GatewayOverEngine.Answered;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects under the paths of their keys, byte by byte, against S3Mock. */
class S3IT {

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: files, version: "1"}
            x-amazon-apigateway-binary-media-types: [image/png]
            paths:
              /files/{key+}:
                x-amazon-apigateway-any-method:
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: ANY
                    uri: arn:aws:apigateway:us-east-1:s3:path/files/{key}
                    credentials: arn:aws:iam::000000000000:role/files
                    requestParameters:
                      integration.request.path.key: method.request.path.key
                      integration.request.header.Content-Type: method.request.header.Content-Type
                      integration.request.header.Accept: "'*/*'"
                    responses: &responses
                      "2\\\\d\\\\d":
                        statusCode: "200"
                        responseParameters:
                          method.response.header.ETag: integration.response.header.ETag
                          method.response.header.Content-Type: integration.response.header.Content-Type
                      "404": {statusCode: "404"}
                      default: {statusCode: "500"}
              /bucket/{key}:
                get:
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: GET
                    uri: arn:aws:apigateway:us-east-1:files.s3:path/{key}
                    credentials: arn:aws:iam::000000000000:role/files
                    requestParameters: {integration.request.path.key: method.request.path.key}
                    responses: *responses
            """;

    private static GatewayOverEngine gateway;

    @BeforeAll
    static void start() throws Exception {
        Engine objects = Engine.of("s3mock");
        objects.ask("PUT", "/files", "");
        gateway = GatewayOverEngine.of(objects, DOCUMENT);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void bytesComeBackAsTheyWentIn() throws Exception {
        byte[] picture = new byte[256];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) i;
        }

        Answered put = gateway.call("PUT", "/files/a/b%20c+d%2Be.png", picture, "Content-Type", "image/png");
        Answered got = gateway.call("GET", "/files/a/b%20c+d%2Be.png", "", "Accept", "image/png");

        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.headers().first("ETag")).isNotNull();
        assertThat(got.body()).isEqualTo(picture);
        assertThat(got.headers().first("Content-Type")).isEqualTo("image/png");
    }

    @Test
    void bucketMayStandBeforeTheHost() throws Exception {
        gateway.call("PUT", "/files/text", "hello", "Content-Type", "text/plain");

        Answered got = gateway.call("GET", "/bucket/text", "");

        assertThat(got.text()).isEqualTo("hello");
    }

    @Test
    void missingObjectIsTheErrorOfTheServiceUnderTheStatusOfTheDefinition() throws Exception {
        Answered missing = gateway.call("GET", "/files/none", "");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).contains("NoSuchKey");
    }
}
