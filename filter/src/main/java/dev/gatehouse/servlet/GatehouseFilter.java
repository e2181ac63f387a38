package dev.gatehouse.servlet;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.StageListing;
import dev.gatehouse.http.GatewayRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway as a filter. It adapts the request, asks the gateway, and writes back what it says; nothing is decided here but
 * what no gateway could: a request whose path is ambiguous gets 400.
 *
 * <p><b>Dispatch types.</b> A client's request (REQUEST) goes through the gateway, exactly once. FORWARD, INCLUDE and ERROR are
 * an application's own steps within a call that the gateway has let in already, so they pass untouched, also where the filter is
 * mapped for them. A refusal of the gateway never causes an ERROR dispatch. ASYNC brings a call back that had to wait; where it brings a request
 * that the gateway has not seen, as a filter before it does that parks requests, that one is asked like any other.
 *
 * <p><b>Waiting</b> holds no thread of the container where the filter, and all before it, have {@code async-supported} and the
 * filter is mapped for ASYNC; {@link AsyncMapping} sees to the latter for filters of a deployment descriptor, {@link #register}
 * for others, and init-param {@code async} = {@code true} says that it has been seen to. Otherwise, or with {@code async} =
 * {@code false}, the thread waits. Filters behind this one see the application's turn of a call that has waited only if they are
 * mapped for ASYNC.
 *
 * <p><b>Init-params.</b> {@code gatehouse.configuration}: where the configuration is, before the context-param of the same name,
 * by default {@code /WEB-INF/gatehouse.yaml}; a path in the web application or a {@code file:} URL. {@code mappingPrefix}: the part of the path, such as {@code /api}, that is not the
 * gateway's, by default the folder of the url-pattern. {@code async}: see above.
 *
 * <p><b>The gateway</b> is the one in the context attribute {@code dev.gatehouse.Gatehouse}, unless the filter has an init-param
 * of its own for the configuration; otherwise the filter builds one, lets every {@link dev.gatehouse.GatehouseCustomizer} service
 * have its say, puts it there and closes it in the end. Whatever is wrong with the configuration stops the deployment.
 *
 * <p><b>The control plane.</b> What the container has mapped to a {@link ControlPlaneServlet} goes there untouched, also below the
 * filter's own mapping: that servlet knows for itself whom it lets in. Only what names an API, by a domain name or as an invoke URL,
 * is the filter's all the same, so that a servlet at {@code /*} can take whatever is left.
 *
 * <p>Thread-safe, as every filter.
 */
public final class GatehouseFilter implements Filter {

    /** Beyond the longest that API Gateway ever waits, 15 minutes for a streamed answer. */
    private static final long LIMIT_MILLIS = TimeUnit.MINUTES.toMillis(16);

    static final String ASYNC_ADVICE = "GatehouseFilter is not known to be mapped for the dispatcher type ASYNC: add"
            + " <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher> to its filter-mapping and init-param"
            + " async=true, or register it with GatehouseFilter.register";

    private static final Logger LOG = LoggerFactory.getLogger(GatehouseFilter.class);

    private final AtomicBoolean warned = new AtomicBoolean();
    private final long limitMillis;
    private Gateway gateway;
    private ClientRequest adapter;
    private Set<String> controlPlanes = Set.of();
    private String attribute;
    private boolean mayWaitAsync;

    /** Starts its own gateway, unless there is one in the servlet context. */
    public GatehouseFilter() {
        this(null, LIMIT_MILLIS);
    }

    /** @param gateway runs already, and is not closed with the filter */
    public GatehouseFilter(Gatehouse gateway) {
        this(Gateway.of(gateway, () -> {}), LIMIT_MILLIS);
    }

    GatehouseFilter(Gateway gateway, long limitMillis) {
        this.gateway = gateway;
        this.limitMillis = limitMillis;
    }

    /**
     * Registers the filter while the context starts, mapped for REQUEST and ASYNC and with asynchronous support.
     *
     * @param name not taken by another filter
     * @param patterns url-patterns; a folder such as {@code /api/*} makes the gateway serve what is below it
     * @return for init-params
     * @throws IllegalStateException where the name is taken or the context has started
     */
    public static FilterRegistration.Dynamic register(ServletContext context, String name, String... patterns) {
        return register(context, name, new GatehouseFilter(), patterns);
    }

    static FilterRegistration.Dynamic register(ServletContext context, String name, Filter filter, String... patterns) {
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        if (registration == null) {
            throw new IllegalStateException("there is a filter named '" + name + "' already");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, patterns);
        AsyncMapping.remember(name, context);
        return registration;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        String name = config.getFilterName();
        ServletContext context = config.getServletContext();
        FilterRegistration registration = context.getFilterRegistration(name);
        List<UrlPattern> patterns = registration == null
                ? List.of()
                : registration.getUrlPatternMappings().stream()
                        .map(UrlPattern::new)
                        .toList();
        adapter = new ClientRequest(patterns, prefix(config));
        attribute = GatehouseFilter.class.getName() + "." + name;
        mayWaitAsync = async(config, context, name);
        controlPlanes = context.getServletRegistrations().values().stream()
                .filter(servlet -> ControlPlaneServlet.class.getName().equals(servlet.getClassName()))
                .map(ServletRegistration::getName)
                .collect(Collectors.toSet());
        if (gateway == null) {
            gateway = GatewayStart.of(config);
        }
        adapter.prefixes().forEach(prefix -> greet(context.getContextPath() + prefix));
        BypassReport.of(context, name).forEach(LOG::warn);
    }

    private void greet(String base) {
        for (StageListing stage : gateway.stages()) {
            LOG.info(
                    "API {} ({}), stage {}, deployment {}, is served at {}{}",
                    stage.restApiId(),
                    stage.name(),
                    stage.stageName(),
                    stage.deploymentId(),
                    base,
                    stage.path());
        }
    }

    private static String prefix(FilterConfig config) throws ServletException {
        String prefix = config.getInitParameter("mappingPrefix");
        if (prefix != null && !prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
            throw new ServletException("init-param mappingPrefix must begin with '/' and not end with it: " + prefix);
        }
        return prefix;
    }

    private static boolean async(FilterConfig config, ServletContext context, String name) throws ServletException {
        String wanted = config.getInitParameter("async");
        if (wanted == null) {
            return AsyncMapping.known(context).contains(name);
        }
        if (!wanted.equals("true") && !wanted.equals("false")) {
            throw new ServletException("init-param async must be true or false: " + wanted);
        }
        return wanted.equals("true");
    }

    @Override
    public void destroy() {
        if (gateway != null) {
            gateway.release();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("GatehouseFilter serves HTTP only");
        }
        Dispatch dispatch = new Dispatch(http, answer, chain);
        ServletCall call = (ServletCall) innermost(request).getAttribute(attribute);
        boolean async = request.getDispatcherType() == DispatcherType.ASYNC;
        boolean first = async || request.getDispatcherType() == DispatcherType.REQUEST;
        if (call == null && first && !isForControlPlane(http)) {
            // an ASYNC dispatch is our first sight of a call that a filter before us has kept waiting
            begin(dispatch);
        } else if (call != null && async && !call.runsHere()) {
            call.resume(dispatch);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** By the container's own word, and so exactly where the chain would lead; but what names an API goes to that API. */
    private boolean isForControlPlane(HttpServletRequest request) {
        return !controlPlanes.isEmpty()
                && controlPlanes.contains(request.getHttpServletMapping().getServletName())
                && !isInvokeUrl(request);
    }

    private boolean isInvokeUrl(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return ClientRequest.pathInContext(request)
                .flatMap(adapter::pathBelowMapping)
                .filter(path -> gateway.isInvokeUrl(host == null ? "" : host, path))
                .isPresent();
    }

    /** The application's own wrapper hides the call from the application, and so from us. */
    static ServletRequest innermost(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    private void begin(Dispatch dispatch) throws IOException, ServletException {
        HttpServletRequest request = dispatch.request();
        Optional<String> inContext = ClientRequest.pathInContext(request);
        Optional<String> path = inContext.flatMap(adapter::pathBelowMapping);
        if (path.isEmpty() || ClientRequest.isAmbiguous(request)) {
            refuse(dispatch, "no single path, host and length to serve");
            return;
        }
        ServletCall call = new ServletCall(
                gateway::serve, attribute, request.getMethod(), mayWaitAsync(request), adapter::comesBack, limitMillis);
        GatewayRequest adapted = adapter.adapt(request, path.get(), call, inContext.get());
        if (ClientRequest.isMalformed(adapted)) {
            refuse(dispatch, "a verb, query or header with characters that HTTP does not allow");
            return;
        }
        innermost(request).setAttribute(attribute, call);
        call.begin(dispatch, adapted);
    }

    private static void refuse(Dispatch dispatch, String why) throws IOException {
        LOG.info("Refused with 400: {}", why);
        // nobody knows where such a message ends, so nothing behind it may be read as the next one
        dispatch.response().setHeader("Connection", "close");
        AnswerWriter.write(
                AnswerWriter.plain(400, "Bad Request"), dispatch.request().getMethod(), dispatch.response());
    }

    private boolean mayWaitAsync(HttpServletRequest request) {
        boolean supported = request.isAsyncSupported() && !request.isAsyncStarted();
        if (supported && mayWaitAsync) {
            return true;
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Calls that have to wait keep a thread of the container: {}",
                    supported
                            ? ASYNC_ADVICE
                            : "add <async-supported>true</async-supported> to the filter, and to every filter before it");
        }
        return false;
    }
}
