package dev.gatehouse.dataplane.integration;

/**
 * The event of a Lambda authorizer of type REQUEST: a proxy's without body and deployment, with what is to be decided on. A map
 * with nothing in it is empty. Source: API Gateway developer guide, "Input to an API Gateway Lambda authorizer".
 */
public final class LambdaAuthorizerEvent {

    private LambdaAuthorizerEvent() {}

    /**
     * @param methodArn what is to be called
     * @param call its body is not told
     * @return JSON in UTF-8
     */
    public static byte[] write(String methodArn, ProxyCall call) {
        return EventWriter.write(2048, false, (event, json) -> {
            json.writeStartObject();
            json.writeStringField("type", "REQUEST");
            json.writeStringField("methodArn", methodArn);
            event.writeRequest(call);
            json.writeEndObject();
        });
    }
}
