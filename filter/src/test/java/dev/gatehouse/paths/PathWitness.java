package dev.gatehouse.paths;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The application of the oracle: answers every request with how it has read it, one {@code name=value} a line, and counts. */
public final class PathWitness extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Url-patterns by the names of their servlets. */
    public static final Map<String, List<String>> MAPPINGS = Map.of(
            "rest", List.of("/"),
            "open", List.of("/open/*"),
            "pages", List.of("/pages/*"),
            "admin", List.of("/admin/*"),
            "vault", List.of("/vault/*"),
            "count", List.of("/count"));

    private static final AtomicInteger ENTERED = new AtomicInteger();

    /** As a deployment descriptor with these mappings would do it. */
    public static void install(ServletContext context) {
        MAPPINGS.forEach((name, patterns) -> {
            ServletRegistration.Dynamic servlet = context.addServlet(name, new PathWitness());
            servlet.addMapping(patterns.toArray(String[]::new));
            servlet.setAsyncSupported(true);
        });
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        if (getServletName().equals("count")) {
            response.getOutputStream().println("entered=" + ENTERED.get());
            return;
        }
        int entered = ENTERED.incrementAndGet();
        StringBuilder out =
                new StringBuilder("witness=").append(getServletName()).append('\n');
        line(out, "entered", Integer.toString(entered));
        line(out, "contextPath", request.getContextPath());
        line(out, "requestURI", request.getRequestURI());
        line(out, "servletPath", request.getServletPath());
        line(out, "pathInfo", request.getPathInfo());
        line(out, "query", request.getQueryString());
        line(out, "url", request.getRequestURL().toString());
        line(out, "gatewayPath", request.getHeader("X-Gateway-Path"));
        line(out, "gatewayResource", request.getHeader("X-Gateway-Resource"));
        for (String role : Collections.list(request.getHeaders("X-Gateway-Roles"))) {
            line(out, "gatewayRole", role);
        }
        try {
            String[] roles = request.getParameterValues("role");
            for (String role : roles == null ? new String[0] : roles) {
                line(out, "role", role);
            }
        } catch (RuntimeException e) {
            line(out, "unreadable", String.valueOf(e.getMessage()));
        }
        byte[] body = out.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void line(StringBuilder out, String name, String value) {
        if (value != null) {
            out.append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .append('\n');
        }
    }
}
