package org.example.harbourbooks;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** The page that customers see: {@code GET /shop}. */
@WebServlet("/shop")
public class HomePageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Catalogue catalogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        PrintWriter page = response.getWriter();
        String home = request.getContextPath();
        page.write("""
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="UTF-8"><title>Harbour Books</title>
                <link rel="stylesheet" href="%s/harbour.css"></head>
                <body>
                <h1>Harbour Books</h1>
                <table>
                <tr><th>Title</th><th>Author</th><th>Price</th><th>On the shelf</th></tr>
                """.formatted(home));
        for (Book book : catalogue.byAuthor(null)) {
            page.write(String.format(
                    Locale.ROOT,
                    "<tr><td><a href=\"%s/shop/books/%s\">%s</a></td><td>%s</td><td>%.2f</td><td>%d</td></tr>%n",
                    home,
                    book.id(),
                    book.title(),
                    book.author(),
                    book.priceInCents() / 100.0,
                    book.stock()));
        }
        page.write("""
                </table>
                </body>
                </html>
                """);
    }
}
