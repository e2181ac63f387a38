package dev.gatehouse.dataplane.flow;

import dev.gatehouse.engine.aws.ServiceSender;
import dev.gatehouse.engine.lambda.LambdaInvoker;
import dev.gatehouse.http.HttpSender;

/**
 * Everything outside that a flow can call.
 *
 * @param http backends that are spoken to as they are
 * @param lambda functions
 * @param services AWS, signed
 */
public record Backends(HttpSender http, LambdaInvoker lambda, ServiceSender services) {}
