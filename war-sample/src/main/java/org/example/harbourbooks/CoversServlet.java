package org.example.harbourbooks;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /shop/covers}, multipart: says of each part what has arrived. */
@WebServlet("/shop/covers")
@MultipartConfig
public class CoversServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        List<Map<String, Object>> arrived = new ArrayList<>();
        for (Part part : request.getParts()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("name", part.getName());
            facts.put("file", part.getSubmittedFileName());
            facts.put("size", part.getSize());
            facts.put("sha256", digest(part));
            arrived.add(facts);
        }
        answer(response, 200, arrived);
    }

    private static String digest(Part part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(content, sha256).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
