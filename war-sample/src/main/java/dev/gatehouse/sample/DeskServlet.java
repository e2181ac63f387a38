package dev.gatehouse.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cdi.CurrentCall;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Behind the routes that somebody must prove something for: says who stands at the desk, by the means that every servlet has,
 * and by the injected call. No route of the API leads here without a proof.
 */
@WebServlet("/desk/*")
public class DeskServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    transient CurrentCall call;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal principal = request.getUserPrincipal();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("desk", request.getPathInfo());
        said.put("name", principal == null ? null : principal.getName());
        said.put("remoteUser", request.getRemoteUser());
        said.put("authType", request.getAuthType());
        said.put(
                "roles",
                Stream.of("ledger", "gold", "readers", "shop/orders")
                        .filter(request::isUserInRole)
                        .toList());
        said.put("injected", call.caller().map(Principal::getName).orElse(null));
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(said));
    }
}
