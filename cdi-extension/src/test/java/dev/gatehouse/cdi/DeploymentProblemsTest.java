package dev.gatehouse.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.gatehouse.configuration.GatehouseConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

class DeploymentProblemsTest {

    @LambdaFunction("quote")
    static class Quote implements RequestHandler<String, String> {
        @Override
        public String handleRequest(String input, Context context) {
            return input;
        }
    }

    @LambdaFunction("quote")
    static class QuoteAgain extends Quote {}

    @LambdaFunction("no name")
    static class BadName extends Quote {}

    @LambdaFunction(value = "slow", timeout = 901, memorySize = 64)
    static class Slow extends Quote {}

    @LambdaFunction("no-handler")
    static class NoHandler {}

    @LambdaFunction("two-handlers")
    static class TwoHandlers extends Quote implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    @LambdaFunction("abstract")
    abstract static class NotYet implements RequestHandler<String, String> {}

    @LambdaFunction("restricted")
    @Typed(Restricted.class)
    static class Restricted extends Quote {}

    @ApplicationScoped
    static class TwoConfigurations {
        @Produces
        GatehouseConfiguration first() {
            return GatehouseConfiguration.builder().build();
        }

        @Produces
        GatehouseConfiguration second() {
            return GatehouseConfiguration.builder().build();
        }
    }

    @Vetoed
    @LambdaFunction("not a bean and so nobody's business")
    static class Elsewhere {}

    @Test
    void allMistakesAreReportedTogether() {
        DeploymentException problem = catchThrowableOfType(
                DeploymentException.class,
                () -> boot(
                        Quote.class,
                        QuoteAgain.class,
                        BadName.class,
                        Slow.class,
                        NoHandler.class,
                        TwoHandlers.class,
                        NotYet.class,
                        Restricted.class,
                        TwoConfigurations.class));

        String outer = "@LambdaFunction on " + DeploymentProblemsTest.class.getName() + "$";
        assertThat(problem.getMessage())
                .contains(
                        outer
                                + "BadName: \"no name\" is neither a function name of 1 to 64 letters, digits, hyphens and"
                                + " underscores nor a function ARN",
                        outer + "Slow: timeout is 901, not 1 to 900 seconds",
                        outer + "Slow: memorySize is 64, not 128 to 10240 MB",
                        outer
                                + "NoHandler: the class must implement RequestHandler or RequestStreamHandler, and not both",
                        outer
                                + "TwoHandlers: the class must implement RequestHandler or RequestStreamHandler, and not both",
                        outer + "NotYet: the type is abstract; annotate the class that implements it",
                        "@LambdaFunction(\"quote\") is on more than one bean: " + Quote.class.getName() + ", "
                                + QuoteAgain.class.getName(),
                        outer + "Restricted: @Typed leaves out RequestHandler, by which the gateway calls the bean",
                        "the gateway needs one bean of type GatehouseConfiguration at most, but there are ");
        assertThat(problem.getMessage().split("@LambdaFunction", -1)).hasSize(9);
    }

    @Test
    void vetoedClassIsNoFunction() {
        assertThatCode(() -> boot(Quote.class, Elsewhere.class)).doesNotThrowAnyException();
    }

    @Test
    void applicationWithoutFunctionsDeploys() {
        assertThatCode(() -> boot(CurrentCall.class)).doesNotThrowAnyException();
    }

    private static void boot(Class<?>... beans) {
        try (WeldContainer container = new Weld()
                .disableDiscovery()
                .addExtension(new GatehouseExtension())
                .addBeanClasses(beans)
                .initialize()) {
            assertThat(container.isRunning()).isTrue();
        }
    }
}
