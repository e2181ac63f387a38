package org.example.harbourbooks;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /shop/basket} and {@code POST /shop/basket?book=...}, remembered by the session cookie. */
@WebServlet("/shop/basket")
public class BasketServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Basket basket;

    @Inject
    transient Catalogue catalogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, 200, basket.content());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String book = request.getParameter("book");
        if (book == null || catalogue.find(book).isEmpty()) {
            refuse(response, 404, "no such book: " + book);
        } else {
            request.getSession();
            answer(response, 200, basket.add(book));
        }
    }
}
