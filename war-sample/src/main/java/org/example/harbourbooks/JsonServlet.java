package org.example.harbourbooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** What the shop's JSON servlets have in common. */
abstract class JsonServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final ObjectMapper JSON = new ObjectMapper();

    static void answer(HttpServletResponse response, int status, Object value) throws IOException {
        byte[] body = JSON.writeValueAsBytes(value);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void refuse(HttpServletResponse response, int status, String reason) throws IOException {
        answer(response, status, Map.of("error", reason));
    }

    /** The path segment after the servlet's own; null where there is none. */
    static String idIn(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null || rest.length() < 2 ? null : rest.substring(1);
    }
}
