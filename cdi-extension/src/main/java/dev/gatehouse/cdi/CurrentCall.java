package dev.gatehouse.cdi;

import dev.gatehouse.http.CallerPrincipal;
import dev.gatehouse.http.GatewayContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What the gateway knows of the request that is being served: for beans and servlets of the application behind it.
 *
 * <p>Inject it anywhere, also into a servlet or an application scoped bean: what is injected is a proxy that finds the request
 * of the moment. The values are immutable and may be kept; this bean may not, it ends with the request.
 */
@RequestScoped
public class CurrentCall {

    @Inject
    Instance<HttpServletRequest> request;

    /** Whether the request came through the gateway; false on a path that the gateway lets pass. */
    public boolean throughGateway() {
        return attribute() != null;
    }

    /**
     * @return stage, stage variables, ids, caller; never null
     * @throws IllegalStateException where the request did not come through the gateway
     */
    public GatewayContext context() {
        GatewayContext context = attribute();
        if (context == null) {
            throw new IllegalStateException(
                    "this request did not come through the gateway; ask throughGateway() first");
        }
        return context;
    }

    /**
     * @return who calls, as the gateway has found out; empty where nobody had to prove anything, or the request did not come
     *     through the gateway
     */
    public Optional<CallerPrincipal> caller() {
        return Optional.ofNullable(attribute()).map(GatewayContext::caller);
    }

    private GatewayContext attribute() {
        return request.isResolvable() ? (GatewayContext) request.get().getAttribute(GatewayContext.ATTRIBUTE) : null;
    }
}
