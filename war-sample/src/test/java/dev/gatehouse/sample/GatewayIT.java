package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application gained with the gateway, one test per kind of route that the sample shows. */
@ArquillianTest
class GatewayIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ArquillianResource
    URL base;

    private Client client;

    @Deployment(testable = false)
    static WebArchive war() {
        return HarbourBooksWar.named("gateway");
    }

    @BeforeEach
    void connect() {
        client = Client.of(base);
    }

    @Test
    void unknownRouteIsRefusedAsAmazonRefusesIt() throws Exception {
        HttpResponse<String> answer = client.get("no/such/route");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(header(answer, "x-amzn-ErrorType")).isEqualTo("MissingAuthenticationTokenException");
        assertThat(header(answer, "x-amzn-RequestId")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(header(answer, "x-amz-apigw-id")).isNotBlank();
    }

    @Test
    void verbThatNobodyDeclaredIsRefused() throws Exception {
        assertThat(client.send("DELETE", "v1/orders", "").statusCode()).isEqualTo(403);
    }

    @Test
    void proxiedRouteReachesTheApplicationFromEveryStage() throws Exception {
        HttpResponse<String> prod = client.get("shop/books/moby-dick");
        HttpResponse<String> test = client.get("test/shop/books/moby-dick");

        assertThat(prod.statusCode()).isEqualTo(200);
        assertThat(test.statusCode()).isEqualTo(200);
        assertThat(tree(test).path("title").asText()).isEqualTo("Moby-Dick");
        assertThat(header(test, "x-amzn-RequestId")).isNotBlank();
    }

    @Test
    void queryOfTheClientReachesTheApplication() throws Exception {
        HttpResponse<String> books = client.get("test/shop/books?author=stevenson");

        assertThat(tree(books)).hasSize(1);
    }

    @Test
    void rootIsTheStaticPage() throws Exception {
        assertThat(client.get("").body()).contains("<h1>Harbour Books</h1>");
    }

    @Test
    void stageVariableChoosesTheServlet() throws Exception {
        assertThat(tree(client.get("v1/window")).isArray()).isTrue();
        assertThat(tree(client.get("test/v1/window")).path("id").asText()).isEqualTo("treasure-island");
    }

    @Test
    void templatesReshapeRequestAndResponse() throws Exception {
        HttpResponse<String> answer = client.send(
                "POST",
                "v1/orders",
                "{\"book\": \"moby-dick\", \"copies\": 2, \"name\": \"Ishmael & Sons, 1st = best\"}",
                "Content-Type",
                "application/json");

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode placed = tree(answer);
        assertThat(placed.path("total").path("cents").asInt()).isEqualTo(2900);
        assertThat(placed.path("total").path("currency").asText()).isEqualTo("EUR");
        assertThat(placed.path("shipsFrom").asText()).isEqualTo("Nantucket");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        String location = header(answer, "Location");
        assertThat(location)
                .endsWith("/shop/orders/" + placed.path("orderNumber").asInt());
        JsonNode order = tree(client.get(location.substring(location.indexOf("/shop/") + 1)));
        assertThat(order.path("customer").asText()).isEqualTo("Ishmael & Sons, 1st = best");
    }

    @Test
    void statusOfTheApplicationSelectsTheTemplate() throws Exception {
        HttpResponse<String> soldOut = client.send(
                "POST",
                "test/v1/orders",
                "{\"book\": \"sailing-alone\", \"copies\": 1, \"name\": \"Joshua\"}",
                "Content-Type",
                "application/json");
        HttpResponse<String> unknown = client.send(
                "POST",
                "v1/orders",
                "{\"book\": \"ulysses\", \"copies\": 1, \"name\": \"Leopold\"}",
                "Content-Type",
                "application/json");

        assertThat(soldOut.statusCode()).isEqualTo(409);
        assertThat(tree(soldOut).path("message").asText()).isEqualTo("not enough copies of sailing-alone");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void preflightIsAnsweredWithoutTheApplication() throws Exception {
        HttpResponse<String> answer = client.send(
                "OPTIONS", "v1/orders", "", "Origin", "https://example.org", "Access-Control-Request-Method", "POST");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("POST,OPTIONS");
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("Content-Type,X-Api-Key");
    }

    @Test
    void eachStageHasItsOwnVariables() throws Exception {
        assertThat(client.get("v1/status").body())
                .isEqualTo("{\"api\": \"harbour\", \"stage\": \"prod\", \"town\": \"Nantucket\"}");
        assertThat(client.get("test/v1/status").body())
                .isEqualTo("{\"api\": \"harbour\", \"stage\": \"test\", \"town\": \"Newport\"}");
    }

    @Test
    void beanServesAsLambdaFunction() throws Exception {
        HttpResponse<String> answer =
                client.send("POST", "v1/shipping", "{\"book\": \"treasure-island\", \"copies\": 3}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(tree(answer).path("title").asText()).isEqualTo("Treasure Island");
        assertThat(tree(answer).path("shippingInCents").asInt()).isEqualTo(710);
        assertThat(tree(answer).path("quotedBy").asText()).isEqualTo("shipping-quote");
    }

    @Test
    void customisedGatewayResponseTellsTheCallerWhatToDo() throws Exception {
        HttpResponse<String> answer =
                client.send("POST", "test/v1/orders", "<order/>", "Content-Type", "application/xml");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body())
                .isEqualTo("{\"message\":\"Unsupported Media Type\",\"hint\":\"orders are application/json\","
                        + "\"stage\":\"test\"}");
        assertThat(header(answer, "Accept-Post")).isEqualTo("application/json");
    }

    @Test
    void applicationLearnsWhoseCallItServes() throws Exception {
        JsonNode prod = tree(client.get("shop/who-asks"));
        HttpResponse<String> answer = client.get("test/shop/who-asks");
        JsonNode test = tree(answer);

        assertThat(prod.path("stage").asText()).isEqualTo("prod");
        assertThat(prod.path("town").asText()).isEqualTo("Nantucket");
        assertThat(test.path("stage").asText()).isEqualTo("test");
        assertThat(test.path("town").asText()).isEqualTo("Newport");
        assertThat(test.path("sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(test.path("requestId").asText()).isEqualTo(header(answer, "x-amzn-RequestId"));
    }

    @Test
    void filesOfTheConfigurationAreNotServed() throws Exception {
        assertThat(client.get("WEB-INF/gatehouse.yaml").statusCode()).isIn(403, 404);
        assertThat(client.get("shop/..%2fWEB-INF/gatehouse.yaml").statusCode()).isBetween(400, 404);
    }

    private static JsonNode tree(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
