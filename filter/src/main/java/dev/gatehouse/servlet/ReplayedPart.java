package dev.gatehouse.servlet;

import dev.gatehouse.http.Headers;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** One part of a {@link Multipart} body in memory. */
final class ReplayedPart implements Part {

    private final String name;
    private final String fileName;
    private final Headers head;
    private final byte[] content;

    /** @param fileName null for a plain field */
    ReplayedPart(String name, String fileName, Headers head, byte[] content) {
        this.name = name;
        this.fileName = fileName;
        this.head = head;
        this.content = content;
    }

    byte[] content() {
        return content;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public String getContentType() {
        return head.first("Content-Type");
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getSubmittedFileName() {
        return fileName;
    }

    @Override
    public long getSize() {
        return content.length;
    }

    /** @param file absolute: there is no multipart-config that could name a folder */
    @Override
    public void write(String file) throws IOException {
        Path path = Path.of(file);
        if (!path.isAbsolute()) {
            throw new IOException("a part of a rewritten body can be written to an absolute path only");
        }
        Files.write(path, content);
    }

    @Override
    public void delete() {
        // nothing was ever stored
    }

    @Override
    public String getHeader(String header) {
        return head.first(header);
    }

    @Override
    public Collection<String> getHeaders(String header) {
        return head.all(header);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return head.toMultiMap().keySet();
    }
}
