package dev.gatehouse.dataplane.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dataplane.snapshot.AddressTable.Address;
import dev.gatehouse.dataplane.snapshot.AddressTable.Binding;
import dev.gatehouse.dataplane.snapshot.AddressTable.Domain;
import dev.gatehouse.dataplane.snapshot.AddressTable.Mapping;
import dev.gatehouse.engine.routing.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a case file cannot show, as it has one stage: choosing among stages, and finding none. */
class AddressTableTest {

    private static final String HOST = "api.example.com";

    private final AddressTable addresses = AddressTable.of(List.of(
            new Binding(stage("shop", "prod"), "shop", true),
            new Binding(stage("shop", "beta"), "shop/beta", true),
            new Binding(stage("blog", "prod"), "prod", false),
            new Binding(stage("rest", "all"), "", true)));

    @Test
    void theLongestBasePathWins() {
        assertThat(found("/shop/beta/items")).isEqualTo("shop/beta at /items");
        assertThat(found("/shop/betas/items")).isEqualTo("shop/prod at /betas/items");
        assertThat(found("/shop")).isEqualTo("shop/prod at /");
    }

    @Test
    void aBasePathIsWholeSegments() {
        assertThat(found("/shopping/list")).isEqualTo("rest/all at /shopping/list");
    }

    @Test
    void theEmptyBasePathTakesTheRest() {
        assertThat(found("/")).isEqualTo("rest/all at /");
        assertThat(found("/anything")).isEqualTo("rest/all at /anything");
    }

    @Test
    void aBasePathOfACustomDomainIsPartOfTheEventPathAndAStageNameIsNot() {
        Address mapped = addresses.find(HOST, "/shop/items").orElseThrow();
        Address named = addresses.find(HOST, "/prod/items").orElseThrow();
        assertThat(mapped.eventPath()).isEqualTo("/shop/items");
        assertThat(mapped.contextPath()).isEqualTo("/shop/items");
        assertThat(named.eventPath()).isEqualTo("/items");
        assertThat(named.contextPath()).isEqualTo("/prod/items");
    }

    @Test
    void theHostFormKnowsNoBasePaths() {
        assertThat(found("shop.execute-api.us-east-1.amazonaws.com", "/beta/items"))
                .isEqualTo("shop/beta at /items");
        assertThat(found("shop.execute-api.us-east-1.amazonaws.com", "/shop/items"))
                .isNull();
    }

    @Test
    void twoApisMayHaveStagesOfOneName() {
        assertThat(found("blog.execute-api.us-east-1.amazonaws.com", "/prod/items"))
                .isEqualTo("blog/prod at /items");
        assertThat(found("SHOP.EXECUTE-API.us-east-1.amazonaws.com:8443", "/prod/items"))
                .isEqualTo("shop/prod at /items");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/prodx/items",
                "/PROD/items",
                "/prod%2Fitems",
                "/gamma/items",
            })
    void anUnknownStageIsFoundNowhere(String path) {
        assertThat(found("shop.execute-api.us-east-1.amazonaws.com", path)).isNull();
        assertThat(found("/_aws/execute-api/shop" + path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prodx", "/PROD", "/prod%2Fitems", "/gamma"})
    void anUnknownStageIsFoundNowhereByTheOtherPathFormEither(String stage) {
        assertThat(found("/restapis/shop" + stage + "/_user_request_/items")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.execute-api.us-east-1.amazonaws.com",
                "shop-vpce0123.execute-api.us-east-1.amazonaws.com",
            })
    void anUnknownApiInTheHostDoesNotFallBackToAnother(String host) {
        assertThat(found(host, "/prod/items")).isNull();
    }

    @Test
    void bothPathFormsNameApiAndStage() {
        assertThat(found("/_aws/execute-api/shop/beta/a/b")).isEqualTo("shop/beta at /a/b");
        assertThat(found("/_aws/execute-api/shop/beta")).isEqualTo("shop/beta at /");
        assertThat(found("/restapis/shop/beta/_user_request_/a/b")).isEqualTo("shop/beta at /a/b");
        assertThat(found("/restapis/shop/beta/_user_request_")).isEqualTo("shop/beta at /");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/restapis/shop",
                "/restapis/shop//_user_request_/items",
                "/restapis//prod/_user_request_/items",
                "/restapis/shop/beta",
                "/restapis/shop/beta/_user_request_x/a",
                "/restapis/shop/beta/a/_user_request_",
            })
    void whatIsNoWholePathFormIsAPathLikeAnyOther(String path) {
        assertThat(found(path)).isEqualTo("rest/all at " + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_aws/execute-api/unknown/prod/items",
                "/_aws/execute-api/",
                "/_aws/execute-api",
                "/_aws/other",
                "/restapis/unknown/prod/_user_request_/items",
                "/restapis/list"
            })
    void anApiKeepsItsOwnResourcesUnlessTheyNameAnApi(String path) {
        assertThat(found(path)).isEqualTo("rest/all at " + path);
    }

    @Test
    void aPathFormWithoutAStageLeadsNowhere() {
        assertThat(found("/_aws/execute-api/shop")).isNull();
        assertThat(found("/_aws/execute-api/shop/")).isNull();
    }

    @Test
    void aBasePathMayTakeTheNameOfAPathForm() {
        AddressTable own = AddressTable.of(List.of(new Binding(stage("own", "prod"), "restapis", true)));
        assertThat(own.find(HOST, "/restapis/a")).map(AddressTableTest::text).contains("own/prod at /a");
    }

    @Test
    void slashesInFrontDoNotCount() {
        assertThat(found("///prod/items")).isEqualTo("blog/prod at /items");
        assertThat(found("/prod//items")).isEqualTo("blog/prod at //items");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.execute-api.localhost:4566, /restapis, true",
        "api.example.com, /restapis/shop/prod/_user_request_, true",
        "api.example.com, //restapis/shop/prod/_user_request_/items, true",
        "api.example.com, /_aws/execute-api/unknown/prod, true",
        "api.example.com, /restapis/shop/prod/_user_request, false",
        "api.example.com, /restapis/shop, false",
        "api.example.com, /shop/items, false",
        "'', /, false"
    })
    void whatNamesAnApiIsAnInvokeUrlAndABasePathNamesNone(String host, String path, boolean invokeUrl) {
        assertThat(addresses.isInvokeUrl(host, path)).isEqualTo(invokeUrl);
    }

    @Test
    void anEmptyTableFindsNothing() {
        assertThat(AddressTable.EMPTY.find(HOST, "/")).isEmpty();
    }

    private String found(String path) {
        return found(HOST, path);
    }

    @Test
    void aDomainNameLeadsToItsMappingsAndNowhereElse() {
        AddressTable mapped = AddressTable.of(
                List.of(
                        new Binding(stage("shop", "prod"), "shop", true),
                        new Binding(stage("blog", "prod"), null, false)),
                List.of(new Domain(
                        "blog.example.com",
                        Map.of("v1", new Mapping("blog", "prod"), "old", new Mapping("blog", "gone")))));

        assertThat(mapped.find("Blog.Example.com:8443", "/v1/posts").map(AddressTableTest::text))
                .contains("blog/prod at /posts");
        assertThat(mapped.find("blog.example.com", "/v1").map(AddressTableTest::text))
                .contains("blog/prod at /");
        Address address = mapped.find("blog.example.com", "/v1/posts").orElseThrow();
        assertThat(address.eventPath()).isEqualTo("/v1/posts");
        assertThat(address.contextPath()).isEqualTo("/v1/posts");
        for (String path : List.of(
                "/", "/v1x/posts", "/old/posts", "/shop/items", "/V1/posts", "/_aws/execute-api/shop/prod/items")) {
            assertThat(mapped.find("blog.example.com", path)).as(path).isEmpty();
        }
        for (String host : List.of(
                "",
                "example.com",
                "a.blog.example.com",
                "blog.example.com.",
                "blog.example.com.:8443",
                "blog.example.comx",
                "blog.example.com@evil.example",
                "user@blog.example.com",
                "user:secret@blog.example.com:8443",
                "blog.example.com:80:80",
                "blog.example.com/",
                "blog.example.com evil.example",
                "blog.example.com,evil.example")) {
            assertThat(mapped.find(host, "/v1/posts")).as(host).isEmpty();
        }
    }

    @Test
    void theEmptyBasePathOfADomainNameTakesTheRest() {
        AddressTable mapped = AddressTable.of(
                List.of(
                        new Binding(stage("blog", "prod"), null, false),
                        new Binding(stage("shop", "prod"), null, false)),
                List.of(new Domain(
                        "example.com", Map.of("", new Mapping("blog", "prod"), "shop", new Mapping("shop", "prod")))));

        assertThat(mapped.find("example.com", "/shop/items").map(AddressTableTest::text))
                .contains("shop/prod at /items");
        assertThat(mapped.find("example.com", "/shopping").map(AddressTableTest::text))
                .contains("blog/prod at /shopping");
        assertThat(mapped.find("example.com", "/").map(AddressTableTest::text)).contains("blog/prod at /");
    }

    @Test
    void aMappingWithoutStageLeavesItToTheCaller() {
        AddressTable mapped = AddressTable.of(
                List.of(
                        new Binding(stage("blog", "prod"), null, false),
                        new Binding(stage("blog", "beta"), null, false)),
                List.of(new Domain(
                        "example.com", Map.of("", new Mapping("blog", null), "b", new Mapping("blog", null)))));

        assertThat(mapped.find("example.com", "/prod/posts").map(AddressTableTest::text))
                .contains("blog/prod at /posts");
        assertThat(mapped.find("example.com", "/b/beta/posts").map(AddressTableTest::text))
                .contains("blog/beta at /posts");
        assertThat(mapped.find("example.com", "/b/beta").map(AddressTableTest::text))
                .contains("blog/beta at /");
        assertThat(mapped.find("example.com", "/b/prodx/posts")).isEmpty();
        assertThat(mapped.find("example.com", "/b")).isEmpty();
        assertThat(mapped.find("example.com", "/")).isEmpty();
    }

    @Test
    void aWildcardStandsForOneLabelAndAnExactNameGoesBefore() {
        AddressTable mapped = AddressTable.of(
                List.of(
                        new Binding(stage("blog", "prod"), null, false),
                        new Binding(stage("shop", "prod"), null, false)),
                List.of(
                        new Domain("*.example.com", Map.of("", new Mapping("blog", "prod"))),
                        new Domain("shop.example.com", Map.of("", new Mapping("shop", "prod")))));

        assertThat(mapped.find("any.example.com", "/").map(AddressTableTest::text))
                .contains("blog/prod at /");
        assertThat(mapped.find("shop.example.com", "/").map(AddressTableTest::text))
                .contains("shop/prod at /");
        assertThat(mapped.find("a.b.example.com", "/")).isEmpty();
        assertThat(mapped.find("example.com", "/")).isEmpty();
    }

    @Test
    void aDisabledDefaultEndpointLeavesDomainNamesAndBasePaths() {
        CompiledStage stage = stage("blog", "prod", true);
        AddressTable disabled = AddressTable.of(
                List.of(new Binding(stage, "posts", true)),
                List.of(new Domain("example.com", Map.of("", new Mapping("blog", "prod")))));

        assertThat(disabled.find("blog.execute-api.us-east-1.amazonaws.com", "/prod/a"))
                .isEmpty();
        assertThat(disabled.find(HOST, "/_aws/execute-api/blog/prod/a")).isEmpty();
        assertThat(disabled.find(HOST, "/restapis/blog/prod/_user_request_/a")).isEmpty();
        assertThat(AddressTable.of(List.of(new Binding(stage, "prod", false))).find(HOST, "/prod/a"))
                .isEmpty();
        assertThat(disabled.find(HOST, "/posts/a").map(AddressTableTest::text)).contains("blog/prod at /a");
        assertThat(disabled.find("example.com", "/a").map(AddressTableTest::text))
                .contains("blog/prod at /a");
    }

    private String found(String host, String path) {
        Optional<Address> address = addresses.find(host, path);
        return address.map(AddressTableTest::text).orElse(null);
    }

    private static String text(Address address) {
        return address.stage().apiId() + "/" + address.stage().stageName() + " at " + address.path();
    }

    private static CompiledStage stage(String apiId, String name) {
        return stage(apiId, name, false);
    }

    private static CompiledStage stage(String apiId, String name, boolean disableExecuteApiEndpoint) {
        RouteTable<CompiledMethod> none = RouteTable.<CompiledMethod>builder().build();
        return new CompiledStage(
                "arn:aws:execute-api:us-east-1:123456789012:" + apiId + "/" + name,
                "123456789012",
                apiId,
                apiId,
                name,
                "dep1oy",
                Map.of(),
                none,
                Map.of(),
                false,
                BinaryMediaTypes.of(List.of()),
                null,
                false,
                disableExecuteApiEndpoint,
                null,
                null);
    }
}
