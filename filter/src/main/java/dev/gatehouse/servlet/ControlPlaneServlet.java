package dev.gatehouse.servlet;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.controlplane.control.ControlPlane;
import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.control.ControlResponse;
import dev.gatehouse.http.GatewayResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The control plane as a servlet, for the AWS CLI, SDKs and the like: their endpoint URL is the address of its mapping. Nothing is
 * decided here but what no control plane could: a request whose path is ambiguous gets 400, and a body that is too large gets 413.
 *
 * <p>Mapped nowhere by itself. It may lie below the filter's mapping, which lets its requests through. It takes the gateway in the
 * context attribute {@code dev.gatehouse.Gatehouse}, where the filter has put it, and does not start where that gateway has no
 * control plane. Paths of the control plane have encoded slashes in them, which some containers refuse unless they are told
 * otherwise.
 *
 * <p>Thread-safe, as every servlet.
 */
public final class ControlPlaneServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Amazon's limit for a definition; everything else is smaller. */
    private static final int LONGEST_BODY = 6 * 1024 * 1024;

    private transient Gatehouse gatehouse;
    private transient ControlPlane controlPlane;
    private transient ClientRequest adapter;

    /** Uses the gateway in the servlet context. */
    public ControlPlaneServlet() {
        this(null);
    }

    /** @param gatehouse has a control plane */
    public ControlPlaneServlet(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    @Override
    public void init() throws ServletException {
        if (gatehouse == null
                && getServletContext().getAttribute(Gatehouse.class.getName()) instanceof Gatehouse ready) {
            gatehouse = ready;
        }
        if (gatehouse == null) {
            throw new ServletException(
                    "ControlPlaneServlet finds no gateway in the servlet context: map GatehouseFilter,"
                            + " or give the servlet a gateway");
        }
        controlPlane = gatehouse
                .controlPlane()
                .orElseThrow(() ->
                        new ServletException("The gateway has no control plane, so there is nothing to answer: add"
                                + " controlPlane to gatehouse.yaml, or call GatehouseBuilder.controlPlane"));
        ServletRegistration registration = getServletContext().getServletRegistration(getServletName());
        List<UrlPattern> patterns = registration == null
                ? List.of()
                : registration.getMappings().stream().map(UrlPattern::new).toList();
        adapter = new ClientRequest(patterns, null);
    }

    /** PATCH included, which {@code HttpServlet} does not know in every version. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> path = ClientRequest.pathInContext(request).flatMap(adapter::pathBelowMapping);
        if (path.isEmpty() || ClientRequest.isAmbiguous(request)) {
            AnswerWriter.write(AnswerWriter.plain(400, "Bad Request"), request.getMethod(), response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            AnswerWriter.write(AnswerWriter.plain(413, "Request Too Long"), request.getMethod(), response);
            return;
        }
        ControlResponse answer = controlPlane.answer(new ControlRequest(
                request.getMethod(),
                request.getRequestURI(),
                path.get(),
                request.getQueryString(),
                HeaderLines.of(request),
                body,
                request.getRemoteAddr(),
                request.isSecure(),
                gateway(request)));
        AnswerWriter.write(
                GatewayResponse.of(answer.status(), answer.headers(), answer.body()), request.getMethod(), response);
    }

    /** As the caller has reached this servlet, and below a mapping of the filter; null where there is no such mapping. */
    private String gateway(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        String server = url.substring(0, url.length() - request.getRequestURI().length());
        return getServletContext().getFilterRegistrations().values().stream()
                .filter(filter -> GatehouseFilter.class.getName().equals(filter.getClassName()))
                .flatMap(filter -> filter.getUrlPatternMappings().stream())
                .map(UrlPattern::new)
                .filter(UrlPattern::isPrefix)
                .findFirst()
                .map(pattern -> server + request.getContextPath() + pattern.prefix())
                .orElse(null);
    }
}
