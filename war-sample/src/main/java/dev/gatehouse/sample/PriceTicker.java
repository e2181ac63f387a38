package dev.gatehouse.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.gatehouse.cdi.LambdaFunction;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.example.harbourbooks.Book;
import org.example.harbourbooks.Catalogue;

/** What books cost, one event for each: a function that answers bit by bit, as a streaming Lambda proxy integration wants it. */
@LambdaFunction(value = "price-ticker", timeout = 60)
public class PriceTicker implements RequestStreamHandler {

    private static final String METADATA =
            "{\"statusCode\": 200, \"headers\": {\"Content-Type\": \"text/event-stream\"}, \"cookies\": [\"seen=1\"]}";

    @Inject
    Catalogue catalogue;

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        answer.write(METADATA.getBytes(StandardCharsets.UTF_8));
        answer.write(new byte[8]);
        for (Book book : catalogue.byAuthor("")) {
            answer.write(
                    ("data: " + book.title() + " " + book.priceInCents() + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
