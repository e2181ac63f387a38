package org.example.harbourbooks;

/**
 * @param id such as {@code moby-dick}
 * @param priceInCents in euro cents, never negative
 * @param stock copies on the shelf, never negative
 */
public record Book(String id, String title, String author, int priceInCents, int stock) {

    Book withStock(int copies) {
        return new Book(id, title, author, priceInCents, copies);
    }
}
