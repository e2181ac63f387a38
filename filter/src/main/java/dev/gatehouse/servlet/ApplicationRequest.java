package dev.gatehouse.servlet;

import dev.gatehouse.http.BackendRequest;
import dev.gatehouse.http.CallerPrincipal;
import dev.gatehouse.http.Headers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The request as the application sees it: verb, query and header lines are those of the gateway's call, everything else is
 * the container's, above all the paths and the dispatcher type. The body is the client's own, or, where the gateway made a
 * new one, that one.
 */
final class ApplicationRequest extends HttpServletRequestWrapper {

    private static final List<DateTimeFormatter> HTTP_DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private final BackendRequest call;
    private final Headers headers;
    private final Headers original;
    private final boolean ownBody;
    private final String hidden;
    private final ApplicationRun<?> run;
    private final CallerPrincipal caller;

    private String encoding;
    private ServletInputStream stream;
    private BufferedReader reader;
    private Map<String, String[]> parameters;
    private List<Part> parts;

    /**
     * @param original the lines of the request
     * @param caller whom the gateway knows; null where that is the container's business
     * @param ownBody whether the call's body replaces the client's
     * @param hidden name of a request attribute that is the gateway's own
     */
    ApplicationRequest(
            HttpServletRequest request,
            Headers original,
            BackendRequest call,
            CallerPrincipal caller,
            boolean ownBody,
            String hidden,
            ApplicationRun<?> run) {
        super(request);
        this.caller = caller;
        this.call = call;
        this.original = original;
        this.headers = complete(call, original, ownBody);
        this.ownBody = ownBody;
        this.hidden = hidden;
        this.run = run;
    }

    /** Host and length follow from where the call goes and what it carries, as with any backend. */
    private static Headers complete(BackendRequest call, Headers original, boolean ownBody) {
        Headers.Builder lines = call.headers().toBuilder();
        if (original.contains("Host")) {
            lines.setIfAbsent("Host", original.first("Host"));
        }
        lines.remove("Content-Length").remove("Transfer-Encoding");
        if (ownBody) {
            if (call.body().length > 0 || original.contains("Content-Length")) {
                lines.set("Content-Length", Integer.toString(call.body().length));
            }
        } else {
            for (String framing : List.of("Content-Length", "Transfer-Encoding")) {
                original.all(framing).forEach(value -> lines.add(framing, value));
            }
        }
        return lines.build();
    }

    // ---- verb, query, header lines

    @Override
    public String getMethod() {
        return call.method();
    }

    @Override
    public String getQueryString() {
        return call.uri().getRawQuery();
    }

    @Override
    public String getHeader(String name) {
        return headers.first(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(headers.all(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.toMultiMap().keySet());
    }

    @Override
    public int getIntHeader(String name) {
        String value = headers.first(name);
        return value == null ? -1 : Integer.parseInt(value.strip());
    }

    @Override
    public long getDateHeader(String name) {
        String value = headers.first(name);
        if (value == null) {
            return -1;
        }
        for (DateTimeFormatter format : HTTP_DATES) {
            try {
                return ZonedDateTime.parse(value.strip(), format).toInstant().toEpochMilli();
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new IllegalArgumentException("header " + name + " is no HTTP date");
    }

    @Override
    public Cookie[] getCookies() {
        return unchanged("Cookie") ? super.getCookies() : CookieLines.cookies(headers.all("Cookie"));
    }

    @Override
    public Locale getLocale() {
        return getLocales().nextElement();
    }

    @Override
    public Enumeration<Locale> getLocales() {
        if (unchanged("Accept-Language")) {
            return super.getLocales();
        }
        List<Locale> locales = List.of();
        try {
            locales = Locale.LanguageRange.parse(String.join(",", headers.all("Accept-Language"))).stream()
                    .filter(range -> !range.getRange().contains("*"))
                    .map(range -> Locale.forLanguageTag(range.getRange()))
                    .toList();
        } catch (IllegalArgumentException e) {
            // as with containers: a broken preference is no preference
        }
        return Collections.enumeration(locales.isEmpty() ? List.of(Locale.getDefault()) : locales);
    }

    private boolean unchanged(String header) {
        return headers.all(header).equals(original.all(header));
    }

    // ---- who calls: whom the gateway has found out, and otherwise whom the container has

    @Override
    public Principal getUserPrincipal() {
        return caller == null ? super.getUserPrincipal() : caller;
    }

    @Override
    public String getRemoteUser() {
        return caller == null ? super.getRemoteUser() : caller.name();
    }

    @Override
    public String getAuthType() {
        return caller == null ? super.getAuthType() : caller.scheme();
    }

    /** Two stars are anybody who is known, and one is no role (Jakarta Servlet 6.0, section 13.3). */
    @Override
    public boolean isUserInRole(String role) {
        if (caller == null) {
            return super.isUserInRole(role);
        }
        return caller.roles().contains(role) && !"*".equals(role) || "**".equals(role);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return caller != null || super.authenticate(response);
    }

    @Override
    public void login(String name, String password) throws ServletException {
        if (caller != null) {
            throw new ServletException("the gateway has found out already who calls");
        }
        super.login(name, password);
    }

    // ---- what the body is

    @Override
    public String getContentType() {
        return headers.first("Content-Type");
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public long getContentLengthLong() {
        return ownBody ? call.body().length : super.getContentLengthLong();
    }

    @Override
    public String getCharacterEncoding() {
        if (encoding != null) {
            return encoding;
        }
        if (!ownBody && unchanged("Content-Type")) {
            return super.getCharacterEncoding();
        }
        String declared = Multipart.parameters(getContentType()).get("charset");
        return declared != null ? declared : getServletContext().getRequestCharacterEncoding();
    }

    @Override
    public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
        charset(name);
        if (reader == null && parameters == null) {
            encoding = name;
            if (!ownBody) {
                super.setCharacterEncoding(name);
            }
        }
    }

    /** Servlet 6.1; the inherited one would go past us to the container. */
    public void setCharacterEncoding(Charset wanted) {
        try {
            setCharacterEncoding(wanted.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Charset charset(String name) throws UnsupportedEncodingException {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnsupportedEncodingException(name);
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (!ownBody) {
            return super.getInputStream();
        }
        if (reader != null) {
            throw new IllegalStateException("getReader was called already");
        }
        return stream();
    }

    private ServletInputStream stream() {
        if (stream == null) {
            stream = new ReplayedBody(call.body(), run::onContainerThread);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (!ownBody) {
            return super.getReader();
        }
        if (reader == null) {
            if (stream != null) {
                throw new IllegalStateException("getInputStream was called already");
            }
            String name = getCharacterEncoding();
            Charset charset = name == null ? StandardCharsets.ISO_8859_1 : charset(name);
            reader = new BufferedReader(new InputStreamReader(stream(), charset));
        }
        return reader;
    }

    // ---- parameters and parts

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            if (ownBody) {
                parameters = Collections.unmodifiableMap(replayedParameters());
            } else {
                String query = ((HttpServletRequest) getRequest()).getQueryString();
                boolean same = query == null ? getQueryString() == null : query.equals(getQueryString());
                parameters = same ? super.getParameterMap() : Collections.unmodifiableMap(withOtherQuery(query));
            }
        }
        return parameters;
    }

    /**
     * The container counts the old query's values first and those of the body behind them (Jakarta Servlet 6.0, section 3.1),
     * so what is left after as many values as the old query has comes from the body.
     */
    private Map<String, String[]> withOtherQuery(String oldQuery) {
        Form old = new Form().add(oldQuery, StandardCharsets.UTF_8);
        Form merged = new Form().add(getQueryString(), StandardCharsets.UTF_8);
        super.getParameterMap()
                .forEach((name, values) ->
                        Arrays.stream(values).skip(old.count(name)).forEach(value -> merged.put(name, value)));
        return merged.toMap();
    }

    private Map<String, String[]> replayedParameters() {
        Form form = new Form().add(getQueryString(), StandardCharsets.UTF_8);
        String type = Multipart.parameters(getContentType()).get("");
        if (call.method().equals("POST") && type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
            form.add(new String(call.body(), StandardCharsets.UTF_8), formCharset());
        } else if (type.equalsIgnoreCase("multipart/form-data")) {
            try {
                for (Part part : getParts()) {
                    if (part instanceof ReplayedPart field && field.getSubmittedFileName() == null) {
                        form.put(field.getName(), new String(field.content(), formCharset()));
                    }
                }
            } catch (ServletException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return form.toMap();
    }

    /** Forms are UTF-8 unless somebody says otherwise: URL standard, "application/x-www-form-urlencoded parsing". */
    private Charset formCharset() {
        try {
            String name = getCharacterEncoding();
            return name == null ? StandardCharsets.UTF_8 : charset(name);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("unknown charset in Content-Type", e);
        }
    }

    @Override
    public String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Collection<Part> getParts() throws ServletException {
        if (!ownBody) {
            return containerParts();
        }
        if (parts == null) {
            parts = Multipart.parse(call.body(), getContentType(), formCharset());
        }
        return Collections.unmodifiableList(parts);
    }

    private Collection<Part> containerParts() throws ServletException {
        try {
            return super.getParts();
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public Part getPart(String name) throws ServletException {
        for (Part part : getParts()) {
            if (part.getName().equals(name)) {
                return part;
            }
        }
        return null;
    }

    // ---- attributes: the gateway's own one is not there

    @Override
    public Object getAttribute(String name) {
        return hidden.equals(name) ? null : super.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(Collections.list(super.getAttributeNames()).stream()
                .filter(name -> !hidden.equals(name))
                .toList());
    }

    @Override
    public void setAttribute(String name, Object value) {
        if (!hidden.equals(name)) {
            super.setAttribute(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (!hidden.equals(name)) {
            super.removeAttribute(name);
        }
    }

    // ---- asynchronous applications

    @Override
    public boolean isAsyncSupported() {
        return super.isAsyncSupported() && run.mayStartAsync();
    }

    @Override
    public boolean isAsyncStarted() {
        return run.isAsyncStarted(super.isAsyncStarted());
    }

    @Override
    public AsyncContext startAsync() {
        return start(this, run.response(), false);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return start(request, response, true);
    }

    private AsyncContext start(ServletRequest request, ServletResponse response, boolean supplied) {
        if (!isAsyncSupported()) {
            throw new IllegalStateException("asynchronous processing is not supported for this request");
        }
        return run.started(super.startAsync(request, response), request, response, supplied);
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext context = run.asyncContext();
        return context == null ? super.getAsyncContext() : context;
    }
}
