package org.example.harbourbooks;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** {@code GET /shop/ticker}: the stock of each book as server-sent events, each flushed on its own. */
@WebServlet("/shop/ticker")
public class TickerServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Catalogue catalogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        PrintWriter events = response.getWriter();
        for (Book book : catalogue.byAuthor(null)) {
            events.write("event: stock\ndata: " + JSON.writeValueAsString(book) + "\n\n");
            events.flush();
        }
    }
}
