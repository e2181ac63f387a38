package dev.gatehouse.engines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both protocols of SQS, against ElasticMQ. */
class SqsIT {

    private static final String DOCUMENT = """
            openapi: 3.0.1
            info: {title: jobs, version: "1"}
            paths:
              /jobs:
                post:
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:us-east-1:sqs:path/000000000000/jobs
                    credentials: arn:aws:iam::000000000000:role/jobs
                    requestParameters:
                      integration.request.header.Content-Type: "'application/x-www-form-urlencoded'"
                      # Amazon would answer in JSON as well, this one only in XML
                      integration.request.header.Accept: "'text/xml'"
                    requestTemplates:
                      application/json: Action=SendMessage&MessageBody=$util.urlEncode($input.body)
                    responses: {"200": {statusCode: "202"}, default: {statusCode: "500"}}
                get:
                  x-amazon-apigateway-integration:
                    type: aws
                    httpMethod: POST
                    uri: arn:aws:apigateway:us-east-1:sqs:path/
                    credentials: arn:aws:iam::000000000000:role/jobs
                    requestParameters:
                      integration.request.header.Content-Type: "'application/x-amz-json-1.0'"
                      integration.request.header.X-Amz-Target: "'AmazonSQS.ReceiveMessage'"
                    requestTemplates:
                      application/json: '{"QueueUrl": "ENGINE/000000000000/jobs", "MaxNumberOfMessages": 1}'
                    responses:
                      "200": {statusCode: "200", responseTemplates: {application/json: "$input.path('$.Messages[0].Body')"}}
                      default: {statusCode: "500"}
            """;

    private static GatewayOverEngine gateway;

    @BeforeAll
    static void start() throws Exception {
        Engine queues = Engine.of("elasticmq");
        queues.ask(
                "POST", "/", "Action=CreateQueue&QueueName=jobs", "Content-Type", "application/x-www-form-urlencoded");
        gateway = GatewayOverEngine.of(queues, DOCUMENT.replace("ENGINE", queues.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void whatIsSentAsAFormIsReceivedAsJson() throws Exception {
        String message = "{\"text\":\"a&Action=DeleteQueue \u00fc\"}";

        GatewayOverEngine.Answered sent = gateway.call("POST", "/jobs", message, "Content-Type", "application/json");
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        GatewayOverEngine.Answered received = gateway.call("GET", "/jobs", "");

        assertThat(received.text()).isEqualTo(message);
        assertThat(received.status()).isEqualTo(200);
    }
}
