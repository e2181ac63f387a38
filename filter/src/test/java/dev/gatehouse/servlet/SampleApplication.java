package dev.gatehouse.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The application behind the filter in the tests: each servlet does one thing that applications do. */
final class SampleApplication {

    static final Semaphore GO_ON = new Semaphore(0);
    static final AtomicInteger ENTERED = new AtomicInteger();

    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "application");
        thread.setDaemon(true);
        return thread;
    });

    private SampleApplication() {}

    private interface Service {
        void answer(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    @SuppressWarnings("serial")
    private static final class Lambda extends HttpServlet {

        private final transient Service service;

        Lambda(Service service) {
            this.service = service;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            ENTERED.incrementAndGet();
            try {
                service.answer(request, response);
            } catch (IOException | ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
    }

    static void install(ServletContext context) {
        // as every server has it: without one, Tomcat answers an unknown path before it asks any filter
        add(context, "/", (request, response) -> response.sendError(404));
        add(context, "/echo/*", SampleApplication::echo);
        add(context, "/form", SampleApplication::form);
        add(context, "/parts", SampleApplication::parts);
        add(context, "/reader", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print(request.getReader().readLine());
        });
        add(context, "/head", SampleApplication::head);
        add(context, "/late-header", (request, response) -> {
            response.getOutputStream().write('x');
            response.setHeader("X-Late", "yes");
        });
        add(context, "/big", (request, response) -> {
            byte[] block = new byte[100_000];
            Arrays.fill(block, (byte) 'b');
            for (int i = 0; i < Integer.parseInt(request.getParameter("blocks")); i++) {
                response.getOutputStream().write(block);
            }
        });
        add(context, "/trickle", SampleApplication::trickle);
        add(context, "/missing", (request, response) -> response.sendError(404, "no such thing"));
        add(context, "/teapot", (request, response) -> response.setStatus(418));
        add(context, "/broken", (request, response) -> {
            throw new IllegalStateException("the application is broken");
        });
        add(context, "/redirect", (request, response) -> response.sendRedirect("echo/there"));
        add(context, "/async", (request, response) -> async(request, response, false));
        add(context, "/async-own", (request, response) -> async(request, response, true));
        add(context, "/async-dispatch", SampleApplication::asyncDispatch);
        add(context, "/async-elsewhere", (request, response) -> {
            AsyncContext async = request.startAsync();
            WORKERS.execute(() -> async.dispatch("/echo/elsewhere"));
        });
        add(context, "/async-at-once", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.getResponse().getWriter().print("at once");
            async.complete();
        });
        add(context, "/async-timeout", SampleApplication::asyncTimeout);
        add(context, "/nio", SampleApplication::nonBlocking);
        add(context, "/session", (request, response) -> {
            request.getSession(true);
            response.addCookie(new Cookie("basket", "b1"));
        });
        add(context, "/no-content", (request, response) -> {
            response.setStatus(204);
            response.getOutputStream().print("HTTP/1.1 200 OK");
        });
        add(context, "/async-error", (request, response) -> {
            AsyncContext async = request.startAsync();
            WORKERS.execute(() -> {
                try {
                    ((HttpServletResponse) async.getResponse()).sendError(409, "taken");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                async.complete();
            });
        });
        add(
                context,
                "/async-forgotten",
                (request, response) -> request.startAsync().setTimeout(50));
        add(context, "/broken-late", (request, response) -> {
            response.getOutputStream().print("begun");
            response.flushBuffer();
            throw new IllegalStateException("the application is broken");
        });
        add(
                context,
                "/see-other",
                (request, response) -> applicationResponse(response).sendRedirect("echo/there", 303, true));
        add(
                context,
                "/into",
                (request, response) -> request.getRequestDispatcher(request.getParameter("path"))
                        .forward(request, response));
        add(
                context,
                "/including",
                (request, response) -> request.getRequestDispatcher(request.getParameter("path"))
                        .include(request, response));
        add(
                context,
                "/forward",
                (request, response) ->
                        request.getRequestDispatcher("/echo/forwarded").forward(request, response));
    }

    /** What {@link #install} has at {@code /echo}, elsewhere. */
    static void echoAt(ServletContext context, String pattern) {
        add(context, pattern, SampleApplication::echo);
    }

    /** As an application compiled against Servlet 6.1 would find it. */
    private static ApplicationResponse applicationResponse(ServletResponse response) {
        ServletResponse inner = response;
        while (!(inner instanceof ApplicationResponse) && inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        return (ApplicationResponse) inner;
    }

    private static void add(ServletContext context, String pattern, Service service) {
        ServletRegistration.Dynamic servlet = context.addServlet(pattern, new Lambda(service));
        servlet.addMapping(pattern);
        servlet.setAsyncSupported(true);
        servlet.setMultipartConfig(new MultipartConfigElement(""));
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        response.setContentType("text/plain;charset=UTF-8");
        StringBuilder out = new StringBuilder();
        out.append("method " + request.getMethod()).append('\n');
        out.append("uri " + request.getRequestURI()).append('\n');
        out.append("servletPath " + request.getServletPath() + " pathInfo " + request.getPathInfo())
                .append('\n');
        out.append("dispatcher " + request.getDispatcherType()).append('\n');
        out.append("query " + request.getQueryString()).append('\n');
        out.append("length " + request.getContentLengthLong()).append('\n');
        for (String name : Collections.list(request.getHeaderNames())) {
            out.append("header " + name + "=" + Collections.list(request.getHeaders(name)))
                    .append('\n');
        }
        Cookie[] cookies = request.getCookies();
        out.append("cookies " + (cookies == null ? 0 : cookies.length)).append('\n');
        out.append("context " + request.getAttribute("dev.gatehouse.context")).append('\n');
        out.append("hidden "
                        + Collections.list(request.getAttributeNames()).stream()
                                .filter(name -> name.startsWith(GatehouseFilter.class.getName()))
                                .toList())
                .append('\n');
        out.append("body " + new String(body, StandardCharsets.UTF_8)).append('\n');
        response.getWriter().print(out);
    }

    private static void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new TreeMap<>(request.getParameterMap()).forEach((name, values) -> {
            try {
                response.getOutputStream().println(name + "=" + List.of(values));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void parts(HttpServletRequest request, HttpServletResponse response) throws Exception {
        for (Part part : request.getParts()) {
            response.getOutputStream()
                    .println(part.getName() + " " + part.getSubmittedFileName() + " "
                            + new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        response.getOutputStream().println("title=" + request.getParameter("title"));
    }

    private static void head(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(201);
        response.setHeader("Server", "the application");
        response.addHeader("X-Many", "one");
        response.addHeader("X-Many", "two");
        response.setContentType("application/json");
        Cookie cookie = new Cookie("basket", "b1");
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setMaxAge(60);
        response.addCookie(cookie);
        response.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a line, and another one when told to. */
    private static void trickle(HttpServletRequest request, HttpServletResponse response) throws Exception {
        response.setContentType("text/plain");
        response.getOutputStream().print("first");
        response.flushBuffer();
        GO_ON.acquire();
        response.getOutputStream().print("second");
    }

    private static void async(HttpServletRequest request, HttpServletResponse response, boolean own) {
        AsyncContext async = own ? request.startAsync(request, response) : request.startAsync();
        String body = request.getMethod();
        WORKERS.execute(() -> {
            try {
                HttpServletResponse answer = (HttpServletResponse) async.getResponse();
                answer.setStatus(202);
                answer.setHeader("X-Async", "yes");
                answer.getWriter().print("later " + body);
                async.complete();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void asyncDispatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.setHeader("X-Async", "yes");
            response.getWriter().print("dispatched " + request.getMethod());
        } else {
            AsyncContext async = request.startAsync();
            WORKERS.execute(async::dispatch);
        }
    }

    private static void asyncTimeout(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.setTimeout(50);
        async.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {}

            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                HttpServletResponse answer =
                        (HttpServletResponse) event.getAsyncContext().getResponse();
                answer.setStatus(503);
                answer.getWriter().print("too slow");
                event.getAsyncContext().complete();
            }

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }

    /** Reads with a listener, writes with a listener. */
    private static void nonBlocking(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                byte[] chunk = new byte[1000];
                while (in.isReady() && !in.isFinished()) {
                    int count = in.read(chunk);
                    if (count > 0) {
                        body.write(chunk, 0, count);
                    }
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                async.getResponse().setContentType("text/plain");
                respond(async, body.toByteArray());
            }

            @Override
            public void onError(Throwable broken) {
                async.complete();
            }
        });
    }

    private static void respond(AsyncContext async, byte[] body) throws IOException {
        ServletOutputStream out = async.getResponse().getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int next;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (next == body.length) {
                        async.complete();
                        return;
                    }
                    int count = Math.min(7000, body.length - next);
                    out.write(body, next, count);
                    next += count;
                }
            }

            @Override
            public void onError(Throwable broken) {
                async.complete();
            }
        });
    }
}
