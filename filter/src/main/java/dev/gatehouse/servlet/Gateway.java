package dev.gatehouse.servlet;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.StageListing;
import dev.gatehouse.http.GatewayRequest;
import dev.gatehouse.http.GatewayResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the filter needs of a gateway. */
interface Gateway {

    CompletionStage<GatewayResponse> serve(GatewayRequest request);

    /** @see Gatehouse#isInvokeUrl */
    boolean isInvokeUrl(String host, String path);

    List<StageListing> stages();

    /** The filter is done with it. */
    void release();

    /** @param release what to do with the gateway when the filter goes */
    static Gateway of(Gatehouse gatehouse, Runnable release) {
        return new Gateway() {
            @Override
            public CompletionStage<GatewayResponse> serve(GatewayRequest request) {
                return gatehouse.serve(request);
            }

            @Override
            public boolean isInvokeUrl(String host, String path) {
                return gatehouse.isInvokeUrl(host, path);
            }

            @Override
            public List<StageListing> stages() {
                return gatehouse.stages();
            }

            @Override
            public void release() {
                release.run();
            }
        };
    }
}
