package dev.gatehouse.servlet;

import dev.gatehouse.http.Headers;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;

/**
 * The response as the application sees it. Status and header lines stay here until the head leaves, so that the gateway can
 * still change them; what happens to the body is the business of the {@link ApplicationOutput}.
 */
final class ApplicationResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;
    private final ApplicationOutput output;

    private int status = SC_OK;
    private Headers.Builder lines = Headers.builder();
    private String mediaType;
    private String charset;
    private Locale locale;
    private PrintWriter writer;
    private boolean streamTaken;

    /** @param request what the application was given: redirects are relative to it */
    ApplicationResponse(HttpServletRequest request, HttpServletResponse response, ApplicationOutput output) {
        super(VeiledResponse.of(response));
        this.request = request;
        this.output = output;
        output.serves(this);
    }

    /** The lines that the application has set so far, {@code Content-Type} last. */
    Headers headers() {
        Headers.Builder all = lines.build().toBuilder();
        if (mediaType != null) {
            all.set("Content-Type", getContentType());
        }
        return all.build();
    }

    /** Moves what the writer still holds into the output, without sending it. */
    void drain() {
        if (writer != null) {
            output.draining(true);
            writer.flush();
            output.draining(false);
        }
    }

    HttpServletResponse client() {
        return (HttpServletResponse) getResponse();
    }

    private boolean open() {
        return !isCommitted();
    }

    private void requireOpen() {
        if (isCommitted()) {
            throw new IllegalStateException("the response is committed");
        }
    }

    // ---- status and header lines

    @Override
    public void setStatus(int code) {
        if (open()) {
            status = code;
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setHeader(String name, String value) {
        if (value == null) {
            if (open()) {
                lines.remove(name);
            }
        } else if (admissible(name, value) && !special(name, value)) {
            lines.set(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (value != null && admissible(name, value) && !special(name, value)) {
            lines.add(name, value);
        }
    }

    private boolean admissible(String name, String value) {
        String complaint = HeaderLines.complaint(name, value);
        if (complaint != null) {
            throw new IllegalArgumentException(complaint);
        }
        return open();
    }

    private boolean special(String name, String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            setContentType(value);
            return true;
        }
        if (name.equalsIgnoreCase("Content-Length")) {
            setContentLengthLong(Long.parseLong(value.strip()));
            return true;
        }
        return false;
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, httpDate(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, httpDate(date));
    }

    private static String httpDate(long millis) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .format(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", CookieLines.setCookie(cookie, Instant::now));
    }

    @Override
    public boolean containsHeader(String name) {
        return headers().contains(name) || super.containsHeader(name);
    }

    @Override
    public String getHeader(String name) {
        String value = headers().first(name);
        return value == null ? super.getHeader(name) : value;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        Collection<String> values = headers().all(name);
        return values.isEmpty() ? super.getHeaders(name) : values;
    }

    @Override
    public Collection<String> getHeaderNames() {
        Collection<String> names = new LinkedHashSet<>(headers().toMultiMap().keySet());
        super.getHeaderNames().stream()
                .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
                .toList()
                .forEach(names::add);
        return names;
    }

    // ---- what the body is

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (open()) {
            lines.remove("Content-Length");
            if (length >= 0) {
                lines.add("Content-Length", Long.toString(length));
            }
        }
    }

    @Override
    public void setContentType(String type) {
        if (!open()) {
            return;
        }
        if (type == null) {
            mediaType = null;
            return;
        }
        if (HeaderLines.complaint("Content-Type", type) != null) {
            throw new IllegalArgumentException(HeaderLines.complaint("Content-Type", type));
        }
        String declared = Multipart.parameters(type).get("charset");
        mediaType = declared == null ? type : type.replaceFirst("(?i)\\s*;\\s*charset\\s*=\\s*(\"[^\"]*\"|[^;]*)", "");
        if (declared != null && writer == null) {
            charset = declared;
        }
    }

    @Override
    public String getContentType() {
        if (mediaType == null) {
            return null;
        }
        return charset == null ? mediaType : mediaType + ";charset=" + charset;
    }

    @Override
    public void setCharacterEncoding(String name) {
        if (open() && writer == null) {
            charset = name;
        }
    }

    /** Servlet 6.1. */
    public void setCharacterEncoding(Charset wanted) {
        setCharacterEncoding(wanted == null ? null : wanted.name());
    }

    @Override
    public String getCharacterEncoding() {
        if (charset != null) {
            return charset;
        }
        String ofContext = request.getServletContext().getResponseCharacterEncoding();
        return ofContext == null ? StandardCharsets.ISO_8859_1.name() : ofContext;
    }

    @Override
    public void setLocale(Locale wanted) {
        if (open() && wanted != null) {
            locale = wanted;
            lines.set("Content-Language", wanted.toLanguageTag());
        }
    }

    @Override
    public Locale getLocale() {
        return locale == null ? super.getLocale() : locale;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter was called already");
        }
        streamTaken = true;
        return output;
    }

    @Override
    public PrintWriter getWriter() throws UnsupportedEncodingException {
        if (streamTaken) {
            throw new IllegalStateException("getOutputStream was called already");
        }
        if (writer == null) {
            String name = getCharacterEncoding();
            try {
                writer = new PrintWriter(new OutputStreamWriter(output, Charset.forName(name)));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new UnsupportedEncodingException(name);
            }
            charset = name;
        }
        return writer;
    }

    // ---- buffer and commit

    @Override
    public boolean isCommitted() {
        return output.committed() || super.isCommitted();
    }

    @Override
    public int getBufferSize() {
        return output.bufferSize();
    }

    @Override
    public void setBufferSize(int size) {
        output.bufferSize(size);
    }

    @Override
    public void flushBuffer() throws IOException {
        drain();
        output.flush();
    }

    @Override
    public void resetBuffer() {
        requireOpen();
        drain();
        output.discard();
    }

    @Override
    public void reset() {
        resetBuffer();
        status = SC_OK;
        lines = Headers.builder();
        mediaType = null;
        charset = null;
        locale = null;
        writer = null;
        streamTaken = false;
    }

    @Override
    public void sendError(int code) throws IOException {
        sendError(code, null);
    }

    /** The answer's body is the error page's, so nothing that describes the application's own body may stay. */
    @Override
    public void sendError(int code, String message) throws IOException {
        resetBuffer();
        status = code;
        mediaType = null;
        lines.remove("Content-Length").remove("Content-Encoding").remove("ETag").remove("Last-Modified");
        output.error(code, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    /** Servlet 6.1; without it the inherited one would answer the client behind the gateway's back. */
    public void sendRedirect(String location, int code) throws IOException {
        sendRedirect(location, code, true);
    }

    /** Servlet 6.1. */
    public void sendRedirect(String location, boolean clear) throws IOException {
        sendRedirect(location, SC_FOUND, clear);
    }

    /**
     * Servlet 6.1.
     *
     * @param clear whether what was written so far is dropped
     */
    public void sendRedirect(String location, int code, boolean clear) throws IOException {
        if (!clear) {
            requireOpen();
            status = code;
            setHeader("Location", absolute(location));
            output.close();
            return;
        }
        resetBuffer();
        status = code;
        mediaType = null;
        setHeader("Location", absolute(location));
        setContentLengthLong(0);
        output.close();
    }

    private String absolute(String location) {
        String base = request.getRequestURL().toString();
        try {
            return URI.create(base).resolve(location).toString();
        } catch (IllegalArgumentException e) {
            // not a URI by the letter, as with an unescaped blank: the client has to make sense of it, as ever
            return location;
        }
    }
}
