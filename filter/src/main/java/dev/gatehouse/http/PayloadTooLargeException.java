package dev.gatehouse.http;

/** A body went over the limit it was read with. */
public final class PayloadTooLargeException extends RuntimeException {

    public PayloadTooLargeException(long limit) {
        super("body exceeds " + limit + " bytes", null, false, false);
    }
}
