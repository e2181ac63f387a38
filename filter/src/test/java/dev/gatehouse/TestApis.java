package dev.gatehouse;

/** Documents of APIs that several tests need. */
final class TestApis {

    /** GET /greeting says hello to whoever has a key. */
    static final String KEYED = """
            openapi: 3.0.1
            info: {title: Hello, version: "1"}
            components: {securitySchemes: {key: {type: apiKey, name: x-api-key, in: header}}}
            paths:
              /greeting:
                get:
                  security: [{key: []}]
                  responses: {"200": {description: ok}}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates: {application/json: '{"statusCode": 200}'}
                    responses:
                      default: {statusCode: "200", responseTemplates: {application/json: "hello"}}
            """;

    /** GET / is for those whose token the function {@code guard} likes. */
    static final String GUARDED = """
            {"swagger": "2.0", "info": {"title": "guarded", "version": "1"},
             "securityDefinitions": {"guard": {
               "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "custom",
               "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri":
                 "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:guard/invocations"}}},
             "paths": {"/": {"get": {
               "security": [{"guard": []}],
               "responses": {"200": {"description": "ok"}},
               "x-amazon-apigateway-integration": {
                 "type": "mock",
                 "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
                 "responses": {"default": {
                   "statusCode": "200",
                   "responseTemplates": {"application/json": "guarded"}}}}}}}}
            """;

    /** What {@code guard} says of somebody whom it likes. */
    static String allowing(String principal) {
        return """
                {"principalId": "%s", "policyDocument": {"Version": "2012-10-17", "Statement": [
                  {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}]}}
                """.formatted(principal);
    }

    private TestApis() {}
}
