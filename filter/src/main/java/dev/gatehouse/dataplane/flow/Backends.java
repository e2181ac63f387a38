package dev.gatehouse.dataplane.flow;

import dev.gatehouse.engine.aws.ServiceSender;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.http.HttpSender;
import dev.gatehouse.http.HttpSenders;

/**
 * Everything outside that a flow can call.
 *
 * @param http backends that are spoken to as they are
 * @param lambda functions
 * @param services AWS, signed
 */
public record Backends(HttpSenders http, LambdaInvoker lambda, ServiceSender services) {

    /** Without VPC links. */
    public static Backends over(HttpSender http, LambdaInvoker lambda, ServiceSender services) {
        return new Backends(HttpSenders.internet(http), lambda, services);
    }
}
