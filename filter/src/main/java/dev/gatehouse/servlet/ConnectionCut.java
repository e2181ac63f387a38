package dev.gatehouse.servlet;

import jakarta.servlet.ServletRequest;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connection in the middle of an answer that must not look whole. Other containers do so where an exception leaves the filter;
 * Undertow, and so WildFly, ends the answer as if it were whole, or leaves the client waiting. The servlet API has no word for it.
 */
final class ConnectionCut {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCut.class);

    private static final String UNDERTOW = "io.undertow.servlet.spec.HttpServletRequestImpl";

    private ConnectionCut() {}

    /** @return whether the connection is closed; where it is not, throwing is left */
    static boolean make(ServletRequest request) {
        ServletRequest own = GatehouseFilter.innermost(request);
        if (!own.getClass().getName().equals(UNDERTOW)) {
            return false;
        }
        try {
            // by name: the filter brings no container along
            Object exchange = own.getClass().getMethod("getExchange").invoke(own);
            Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
            ((Closeable) connection).close();
            return true;
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            LOG.warn("The connection of an answer that broke off cannot be closed", e);
            return false;
        }
    }
}
