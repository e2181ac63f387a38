package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application did before the gateway came, and still does on its own paths. */
@ArquillianTest
class ApplicationIT {

    @ArquillianResource
    URL base;

    private Client client;

    @Deployment(testable = false)
    static WebArchive war() {
        return HarbourBooksWar.named("application");
    }

    @BeforeEach
    void connect() {
        client = Client.of(base);
    }

    @Test
    void staticPageIsServed() throws Exception {
        HttpResponse<String> page = client.get("index.html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Harbour Books</h1>");
    }

    @Test
    void pageListsTheShelf() throws Exception {
        HttpResponse<String> page = client.get("shop");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Treasure Island").contains("9.80");
    }

    @Test
    void booksAreFoundByAuthor() throws Exception {
        HttpResponse<String> books = client.get("shop/books?author=melv");

        assertThat(books.statusCode()).isEqualTo(200);
        assertThat(books.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(books.body()).contains("moby-dick").doesNotContain("treasure-island");
    }

    @Test
    void unknownBookIsNotFound() throws Exception {
        HttpResponse<String> book = client.get("shop/books/ulysses");

        assertThat(book.statusCode()).isEqualTo(404);
        assertThat(book.body()).isEqualTo("{\"error\":\"no such book: ulysses\"}");
    }

    @Test
    void orderIsTakenAsFormAndAsJsonAndCanBeCancelled() throws Exception {
        HttpResponse<String> byForm = client.send(
                "POST",
                "shop/orders",
                "book=moby-dick&quantity=2&customer=Ishmael",
                "Content-Type",
                "application/x-www-form-urlencoded");
        HttpResponse<String> byJson = client.send(
                "POST",
                "shop/orders",
                "{\"book\":\"moby-dick\",\"quantity\":1,\"customer\":\"Queequeg\"}",
                "Content-Type",
                "application/json");

        assertThat(byForm.statusCode()).isEqualTo(201);
        assertThat(byForm.body()).contains("\"totalInCents\":2900");
        assertThat(byJson.statusCode()).isEqualTo(201);
        String placed = byJson.headers().firstValue("Location").orElseThrow();
        String order = placed.substring(placed.indexOf("/shop/") + 1);
        assertThat(client.get(order).body()).contains("Queequeg");
        assertThat(client.send("DELETE", order, "").statusCode()).isEqualTo(204);
        assertThat(client.get(order).statusCode()).isEqualTo(404);
    }

    @Test
    void soldOutBookIsAConflict() throws Exception {
        HttpResponse<String> order = client.send(
                "POST",
                "shop/orders",
                "book=sailing-alone&quantity=1&customer=Slocum",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(order.statusCode()).isEqualTo(409);
    }

    @Test
    void basketIsKeptInTheSession() throws Exception {
        HttpResponse<String> first = client.send("POST", "shop/basket?book=moby-dick", "");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

        assertThat(client.get("shop/basket", "Cookie", cookie).body()).isEqualTo("{\"moby-dick\":1}");
        assertThat(client.get("shop/basket").body()).isEqualTo("{}");
    }

    @Test
    void uploadArrivesPartByPart() throws Exception {
        String body = """
                --cut\r
                Content-Disposition: form-data; name="cover"; filename="moby.txt"\r
                Content-Type: text/plain\r
                \r
                whale\r
                --cut--\r
                """;

        HttpResponse<String> answer =
                client.send("POST", "shop/covers", body, "Content-Type", "multipart/form-data; boundary=cut");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"file\":\"moby.txt\"").contains("\"size\":5");
    }

    @Test
    void tickerStreamsOneEventPerBook() throws Exception {
        HttpResponse<String> events = client.get("shop/ticker");

        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(events.headers().firstValue("Content-Length")).isEmpty();
        assertThat(events.body().split("\n\n")).hasSize(4);
    }

    @Test
    void asynchronousReportIsAnswered() throws Exception {
        assertThat(client.get("shop/report").body()).contains("revenueInCents");
    }

    @Test
    void forwardStaysInsideTheApplication() throws Exception {
        assertThat(client.get("shop/featured").body()).contains("treasure-island");
    }
}
