package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientRequestTest {

    private static HttpServletRequest request(String uri, String contextPath) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ClientRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRequestURI" -> uri;
                    case "getContextPath" -> contextPath;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/a, /shop, /a",
        "/shop, /shop, /",
        "/shop//a, /shop, //a",
        "/shop/%61, /shop, /%61",
        "/a/b, '', /a/b",
        "/shopping, /shop,",
        "/x/../shop/a, /shop,",
        "/x/../shop/a, /x/../shop,",
        "//shop/a, //shop,",
        "/shop;v=1/a, /shop;v=1,",
        "/%73hop/a, /%73hop,",
        "*, '',"
    })
    void pathInContextIsWhatTheClientWroteOrUnknown(String uri, String contextPath, String path) {
        assertThat(ClientRequest.pathInContext(request(uri, contextPath))).isEqualTo(Optional.ofNullable(path));
    }

    private static ClientRequest mapped(String prefix, String... patterns) {
        return new ClientRequest(Arrays.stream(patterns).map(UrlPattern::new).toList(), prefix);
    }

    @Test
    void filterOnEverythingServesTheWholePath() {
        assertThat(mapped(null, "/*").pathBelowMapping("/a/b")).contains("/a/b");
        assertThat(mapped(null, "/*").pathBelowMapping("/")).contains("/");
    }

    @Test
    void filterOnAFolderServesWhatIsBelow() {
        ClientRequest api = mapped(null, "/api/*", "/api/v2/*");
        assertThat(api.pathBelowMapping("/api/orders")).contains("/orders");
        assertThat(api.pathBelowMapping("/api/v2/orders")).contains("/orders");
        assertThat(api.pathBelowMapping("/api")).contains("/");
        assertThat(api.pathBelowMapping("/api/")).contains("/");
        assertThat(api.pathBelowMapping("/api//x")).contains("//x");
    }

    @Test
    void pathThatOnlyTheContainerTookForTheFolderIsNotGuessedAt() {
        assertThat(mapped(null, "/api/*").pathBelowMapping("/%61pi/orders")).isEmpty();
        assertThat(mapped(null, "/api/*").pathBelowMapping("/x/../api/orders")).isEmpty();
    }

    @Test
    void filterOnNoFolderServesTheWholePath() {
        assertThat(mapped(null, "*.do", "/exact").pathBelowMapping("/a.do")).contains("/a.do");
        assertThat(mapped(null).pathBelowMapping("/a")).contains("/a");
    }

    @Test
    void prefixesAreWhereTheGatewayIsServed() {
        assertThat(mapped(null, "/api/*", "/v2/*", "*.do").prefixes()).containsExactlyInAnyOrder("/api", "/v2");
        assertThat(mapped(null, "*.do").prefixes()).containsExactly("");
        assertThat(mapped("/api", "/*").prefixes()).containsExactly("/api");
    }

    @Test
    void namedPrefixWinsOverThePatterns() {
        assertThat(mapped("/api", "/*").pathBelowMapping("/api/a")).contains("/a");
        assertThat(mapped("/api", "/*").pathBelowMapping("/a")).isEmpty();
        assertThat(mapped("", "/api/*").pathBelowMapping("/api/a")).contains("/api/a");
    }
}
