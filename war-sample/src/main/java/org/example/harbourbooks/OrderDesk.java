package org.example.harbourbooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes and cancels orders. Lives as long as the application; safe for concurrent use. */
@ApplicationScoped
public class OrderDesk {

    private final Map<Integer, Order> orders = new TreeMap<>();
    private int lastNumber;

    @Inject
    Catalogue catalogue;

    public synchronized Placement place(String bookId, int quantity, String customer) {
        Optional<Book> wanted = catalogue.find(bookId);
        if (wanted.isEmpty()) {
            return new Placement.Refused(404, "no such book: " + bookId);
        }
        if (quantity < 1 || customer == null || customer.isBlank()) {
            return new Placement.Refused(400, "an order needs a quantity of 1 or more and a customer");
        }
        if (!catalogue.take(bookId, quantity)) {
            return new Placement.Refused(409, "not enough copies of " + bookId);
        }
        int total = Math.multiplyExact(wanted.get().priceInCents(), quantity);
        Order order = new Order(
                ++lastNumber, bookId, quantity, customer, total, Instant.now().toString());
        orders.put(order.number(), order);
        return new Placement.Accepted(order);
    }

    public synchronized List<Order> all() {
        return List.copyOf(orders.values());
    }

    public synchronized Optional<Order> find(int number) {
        return Optional.ofNullable(orders.get(number));
    }

    /** @return false where there is no such order */
    public synchronized boolean cancel(int number) {
        Order order = orders.remove(number);
        if (order == null) {
            return false;
        }
        catalogue.putBack(order.bookId(), order.quantity());
        return true;
    }
}
