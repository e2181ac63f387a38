package dev.gatehouse.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The filter, with a witness of when it gives a thread back. */
final class WitnessedFilter implements Filter {

    private static final ThreadLocal<CompletableFuture<Void>> RETURNED = new ThreadLocal<>();

    private final GatehouseFilter filter;

    WitnessedFilter(GatehouseFilter filter) {
        this.filter = filter;
    }

    /** Completes when the filter returns on this thread; at once where this thread is not in the filter. */
    static CompletableFuture<Void> returned() {
        CompletableFuture<Void> returned = RETURNED.get();
        return returned == null ? CompletableFuture.completedFuture(null) : returned;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        filter.init(config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CompletableFuture<Void> outer = RETURNED.get();
        CompletableFuture<Void> returned = new CompletableFuture<>();
        RETURNED.set(returned);
        try {
            filter.doFilter(request, response, chain);
        } finally {
            RETURNED.set(outer);
            returned.complete(null);
        }
    }

    @Override
    public void destroy() {
        filter.destroy();
    }
}
