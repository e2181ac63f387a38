package org.example.harbourbooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /shop/orders}, {@code GET} and {@code DELETE /shop/orders/{number}}, and {@code POST /shop/orders} with the
 * fields {@code book}, {@code quantity} and {@code customer} as a form or as JSON.
 */
@WebServlet("/shop/orders/*")
public class OrdersServlet extends JsonServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient OrderDesk desk;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = idIn(request);
        if (id == null) {
            answer(response, 200, desk.all());
            return;
        }
        Optional<Order> order = number(id).flatMap(desk::find);
        if (order.isPresent()) {
            answer(response, 200, order.get());
        } else {
            refuse(response, 404, "no such order: " + id);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Placement placement;
        String type = request.getContentType();
        if (type != null && type.startsWith("application/json")) {
            JsonNode wish;
            try {
                wish = JSON.readTree(request.getInputStream());
            } catch (JsonProcessingException e) {
                refuse(response, 400, "the body is not JSON");
                return;
            }
            placement = desk.place(
                    wish.path("book").asText(),
                    wish.path("quantity").asInt(),
                    wish.path("customer").asText());
        } else {
            placement = desk.place(
                    request.getParameter("book"),
                    number(request.getParameter("quantity")).orElse(0),
                    request.getParameter("customer"));
        }
        if (placement instanceof Placement.Accepted accepted) {
            response.setHeader(
                    "Location",
                    request.getContextPath() + "/shop/orders/"
                            + accepted.order().number());
            answer(response, 201, accepted.order());
        } else if (placement instanceof Placement.Refused refused) {
            refuse(response, refused.status(), refused.reason());
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (number(idIn(request)).map(desk::cancel).orElse(false)) {
            response.setStatus(204);
        } else {
            refuse(response, 404, "no such order: " + idIn(request));
        }
    }

    private static Optional<Integer> number(String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
