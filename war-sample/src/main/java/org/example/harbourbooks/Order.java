package org.example.harbourbooks;

/**
 * @param number counts from 1
 * @param placedAt ISO-8601 instant
 */
public record Order(int number, String bookId, int quantity, String customer, int totalInCents, String placedAt) {}
