package dev.gatehouse.engine.routing;

/** Two resource paths that API Gateway does not let live side by side. The message names both. */
public final class RouteConflictException extends IllegalArgumentException {

    RouteConflictException(String message) {
        super(message);
    }
}
