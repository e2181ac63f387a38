package dev.gatehouse.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cdi.CurrentCall;
import dev.gatehouse.http.GatewayContext;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;

/** {@code GET /shop/who-asks}: what the application learns from the gateway about the call that it serves. */
@WebServlet("/shop/who-asks")
public class WhoAsksServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    transient CurrentCall call;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        GatewayContext context = call.context();
        response.setContentType("application/json");
        response.getOutputStream()
                .write(JSON.writeValueAsBytes(Map.of(
                        "api", context.apiId(),
                        "stage", context.stage(),
                        "town", context.stageVariables().get("town"),
                        "requestId", context.requestId(),
                        "sourceIp", context.sourceIp(),
                        "caller", call.caller().map(Principal::getName).orElse("nobody"),
                        "remoteUser", String.valueOf(request.getRemoteUser()))));
    }
}
