package dev.gatehouse.cdi;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Sees to it that the beans of a request are there when a call goes on that had to wait for an authorizer, a key set or a body.
 * Tomcat does not tell Weld of such a call; other containers do, and then this filter has nothing to do.
 *
 * <p>The module's {@code web-fragment.xml} declares it. An application whose {@code web.xml} is {@code metadata-complete} maps it
 * itself, to {@code /*} and the dispatchers {@code ASYNC} and {@code FORWARD}: by these the gateway reaches the application.
 */
public final class RequestScopeFilter implements Filter {

    /** For the container. */
    public RequestScopeFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestContexts active = RequestContexts.of((HttpServletRequest) request);
        try {
            chain.doFilter(request, response);
        } finally {
            active.end();
        }
    }
}
