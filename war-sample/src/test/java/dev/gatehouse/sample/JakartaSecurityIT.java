package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.sample.wildfly.Resources;
import java.net.URL;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Annotations and contexts of Jakarta EE in WildFly, behind the gateway: see docs/integration/wildfly.md. */
@ArquillianTest
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
class JakartaSecurityIT {

    @ArquillianResource
    URL base;

    private Client client;
    private String card;

    @Deployment(testable = false)
    static WebArchive war() {
        WebArchive war = HarbourBooksWar.named("security");
        StringBuilder routes = new StringBuilder();
        for (String path : new String[] {"rest/log-book/who", "rest/log-book/members", "rest/log-book/captains"}) {
            routes.append(route("members/" + path, path));
        }
        routes.append(route("members/cabin", "v1/members/cabin"))
                .append(route("members/back-door", "v1/members/cabin"));
        replace(war, "harbour.openapi.yaml", "  /sign-in/keys:\n", routes + "  /sign-in/keys:\n");
        replace(war, "web.xml", "</web-app>", """
                <context-param>
                  <param-name>resteasy.role.based.security</param-name>
                  <param-value>true</param-value>
                </context-param>
                </web-app>
                """);
        return war.addPackage(Resources.class.getPackage());
    }

    private static String route(String path, String target) {
        return """
                  /v1/%s:
                    get:
                      security: [{card: []}]
                      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "servlet:///%s"}
                """.formatted(path, target);
    }

    private static void replace(WebArchive war, String name, String text, String by) {
        String before = HarbourBooksWar.text(war, "WEB-INF/" + name);
        assertThat(before).contains(text);
        war.delete("WEB-INF/" + name);
        war.addAsWebInfResource(new StringAsset(before.replace(text, by)), name);
    }

    @BeforeEach
    void connect() throws Exception {
        client = Client.of(base);
        card = KeysFile.read().value("MEMBER_CARD");
    }

    @Test
    void everyPartKnowsWhoCalls() throws Exception {
        for (int call = 0; call < 2; call++) { // the first one waits for the authorizer, the second does not
            assertThat(get("v1/members/rest/log-book/who").body())
                    .isEqualTo("queequeg CUSTOM queequeg true/false queequeg queequeg read refused");
        }
    }

    @Test
    void resourcesGoByRoles() throws Exception {
        assertThat(get("v1/members/rest/log-book/members").body()).isEqualTo("for members");
        assertThat(get("v1/members/rest/log-book/captains").statusCode()).isEqualTo(403);
    }

    /** It asks before the gateway, which would know, is asked; and it does not ask again where the gateway leads elsewhere. */
    @Test
    void constraintsOfTheContainerGoByThePathOfTheClient() throws Exception {
        HttpResponse<String> refused = get("v1/members/cabin");

        assertThat(refused.statusCode()).isBetween(400, 599); // 500 where the application has no login-config
        assertThat(refused.body()).doesNotContain("come in");
        assertThat(get("v1/members/back-door").body()).isEqualTo("come in, queequeg");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.get(path, "X-Member-Card", card);
    }
}
