package dev.gatehouse.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cdi.LambdaFunction;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.example.harbourbooks.Book;
import org.example.harbourbooks.Catalogue;

/**
 * What it costs to send books: {@code {"book": "moby-dick", "copies": 2}}. Gets and gives what a Lambda proxy integration does
 * at Amazon, and yet has the beans of the application.
 */
@LambdaFunction("shipping-quote")
public class ShippingQuote implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final int BASE = 350;
    private static final int PER_COPY = 120;

    private final ObjectMapper json = new ObjectMapper();

    @Inject
    Catalogue catalogue;

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        JsonNode wish;
        try {
            wish = json.readTree(String.valueOf(event.get("body")));
        } catch (JsonProcessingException e) {
            return answer(400, Map.of("message", "the body is not JSON"));
        }
        Optional<Book> book = catalogue.find(wish.path("book").asText());
        if (book.isEmpty()) {
            return answer(404, Map.of("message", "no such book"));
        }
        int copies = Math.max(1, wish.path("copies").asInt(1));
        return answer(
                200,
                Map.of(
                        "title", book.get().title(),
                        "shippingInCents", BASE + PER_COPY * copies,
                        "quotedBy", context.getFunctionName()));
    }

    private Map<String, Object> answer(int status, Map<String, Object> body) {
        try {
            return Map.of(
                    "statusCode",
                    status,
                    "headers",
                    Map.of("Content-Type", "application/json"),
                    "body",
                    json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
