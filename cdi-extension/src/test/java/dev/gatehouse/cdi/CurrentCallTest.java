package dev.gatehouse.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.CallerPrincipal;
import dev.gatehouse.http.GatewayContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.junit.jupiter.api.Test;

@GatehouseCdiTest
@AddBeanClasses({CurrentCallTest.Greeter.class, CurrentCallTest.Requests.class})
class CurrentCallTest {

    static final Map<String, Object> ATTRIBUTES = new HashMap<>();

    /** Stands for the container's own bean of the request; knows attributes only. */
    @ApplicationScoped
    static class Requests {
        @Produces
        @RequestScoped
        HttpServletRequest request() {
            return (HttpServletRequest) Proxy.newProxyInstance(
                    HttpServletRequest.class.getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("getAttribute");
                        return ATTRIBUTES.get(arguments[0]);
                    });
        }
    }

    @ApplicationScoped
    static class Greeter {
        @Inject
        CurrentCall call;

        @ActivateRequestContext
        String greet() {
            return call.throughGateway()
                    ? "hello from " + call.context().stageVariables().get("town")
                    : "hello";
        }

        @ActivateRequestContext
        GatewayContext context() {
            return call.context();
        }

        @ActivateRequestContext
        String caller() {
            return call.caller().map(CallerPrincipal::getName).orElse("nobody");
        }
    }

    @Inject
    Greeter greeter;

    @Test
    void oneBeanSeesEachRequestsOwnContext() {
        arrive("prod", "Nantucket");
        String first = greeter.greet();
        arrive("test", "New Bedford");
        String second = greeter.greet();

        assertThat(first).isEqualTo("hello from Nantucket");
        assertThat(second).isEqualTo("hello from New Bedford");
    }

    @Test
    void beansKnowWhoCalls() {
        arrive("prod", "Nantucket");
        String known = greeter.caller();
        ATTRIBUTES.clear();

        assertThat(known).isEqualTo("ada");
        assertThat(greeter.caller()).isEqualTo("nobody");
    }

    @Test
    void requestBesideTheGatewayHasNoContext() {
        ATTRIBUTES.clear();

        assertThat(greeter.greet()).isEqualTo("hello");
        assertThatThrownBy(greeter::context)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not come through the gateway");
    }

    private static void arrive(String stage, String town) {
        ATTRIBUTES.put(
                GatewayContext.ATTRIBUTE,
                new GatewayContext(
                        "id",
                        "extended",
                        "123456789012",
                        "api",
                        stage,
                        "/",
                        "127.0.0.1",
                        Map.of("town", town),
                        Map.of(),
                        null,
                        new CallerPrincipal("ada", "CUSTOM", Set.of("keeper"))));
    }
}
