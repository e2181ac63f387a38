package org.example.harbourbooks;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code GET /shop/report}: adds up the orders away from the container's request thread. */
@WebServlet(value = "/shop/report", asyncSupported = true)
public class SalesReportServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient OrderDesk desk;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext later = request.startAsync();
        List<Order> orders = desk.all();
        later.start(() -> {
            try {
                int revenue = orders.stream().mapToInt(Order::totalInCents).sum();
                answer(response, 200, Map.of("orders", orders.size(), "revenueInCents", revenue));
            } catch (IOException e) {
                getServletContext().log("the reader of the report is gone", e);
            } finally {
                later.complete();
            }
        });
    }
}
