package org.example.harbourbooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The shelf. Lives as long as the application; safe for concurrent use. */
@ApplicationScoped
public class Catalogue {

    private final Map<String, Book> books = new LinkedHashMap<>();

    public Catalogue() {
        Stream.of(
                        new Book("moby-dick", "Moby-Dick", "Herman Melville", 1450, 12),
                        new Book("treasure-island", "Treasure Island", "Robert Louis Stevenson", 980, 5),
                        new Book("the-sea-wolf", "The Sea-Wolf", "Jack London", 1120, 1),
                        new Book("sailing-alone", "Sailing Alone Around the World", "Joshua Slocum", 1675, 0))
                .forEach(book -> books.put(book.id(), book));
    }

    /** @param author part of the author's name in any case; null for all books */
    public synchronized List<Book> byAuthor(String author) {
        String part = author == null ? "" : author.toLowerCase(Locale.ROOT);
        return books.values().stream()
                .filter(book -> book.author().toLowerCase(Locale.ROOT).contains(part))
                .toList();
    }

    public synchronized Optional<Book> find(String id) {
        return Optional.ofNullable(books.get(id));
    }

    /** @return false, and nothing changed, where there are not so many copies */
    synchronized boolean take(String id, int copies) {
        Book book = books.get(id);
        if (book == null || book.stock() < copies) {
            return false;
        }
        books.put(id, book.withStock(book.stock() - copies));
        return true;
    }

    synchronized void putBack(String id, int copies) {
        books.computeIfPresent(id, (key, book) -> book.withStock(book.stock() + copies));
    }
}
