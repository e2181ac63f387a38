package dev.gatehouse.servlet;

import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the filter needs of a gateway. */
interface Gateway extends AutoCloseable {

    CompletionStage<GatewayResponse> serve(GatewayRequest request);

    /** A line per stage, for the log. */
    List<String> greeting();

    @Override
    void close();
}
