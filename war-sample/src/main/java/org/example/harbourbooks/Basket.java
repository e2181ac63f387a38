package org.example.harbourbooks;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one visitor has put aside, kept in the HTTP session. */
@SessionScoped
public class Basket implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Map<String, Integer> copies = new LinkedHashMap<>();

    synchronized Map<String, Integer> add(String bookId) {
        copies.merge(bookId, 1, Integer::sum);
        return content();
    }

    synchronized Map<String, Integer> content() {
        return Map.copyOf(copies);
    }
}
