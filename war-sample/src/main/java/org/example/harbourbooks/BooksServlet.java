package org.example.harbourbooks;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /shop/books[?author=...]} and {@code GET /shop/books/{id}}. */
@WebServlet("/shop/books/*")
public class BooksServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Catalogue catalogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = idIn(request);
        if (id == null) {
            answer(response, 200, catalogue.byAuthor(request.getParameter("author")));
            return;
        }
        Optional<Book> book = catalogue.find(id);
        if (book.isPresent()) {
            answer(response, 200, book.get());
        } else {
            refuse(response, 404, "no such book: " + id);
        }
    }
}
