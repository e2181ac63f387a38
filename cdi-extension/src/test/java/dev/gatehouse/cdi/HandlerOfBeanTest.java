package dev.gatehouse.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.junit.jupiter.api.Test;

@GatehouseCdiTest
@AddBeanClasses({HandlerOfBeanTest.Tally.class, HandlerOfBeanTest.Counter.class})
class HandlerOfBeanTest {

    /** Lives as long as a request. */
    @RequestScoped
    static class Tally {
        private int count;

        int next() {
            return ++count;
        }
    }

    @LambdaFunction("counter")
    static class Counter implements RequestHandler<String, Integer> {
        @Inject
        Tally tally;

        @Override
        public Integer handleRequest(String input, Context context) {
            if (input.isEmpty()) {
                throw new IllegalArgumentException("nothing to count");
            }
            int last = 0;
            for (int i = 0; i < input.length(); i++) {
                last = tally.next();
            }
            return last;
        }
    }

    @Inject
    Counter counter;

    @Inject
    Instance<RequestContextController> scopes;

    @Test
    void eachCallHasARequestScopeOfItsOwn() throws Exception {
        RequestHandler<String, Integer> handler = handler();
        List<Integer> counted = new ArrayList<>();
        Thread gateway = new Thread(() -> {
            counted.add(handler.handleRequest("three", null));
            counted.add(handler.handleRequest("two", null));
        });

        gateway.start();
        gateway.join();

        assertThat(counted).containsExactly(5, 3);
    }

    @Test
    void exceptionOfTheHandlerIsThrownAsItIs() {
        assertThatThrownBy(() -> handler().handleRequest("", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing to count");
    }

    @SuppressWarnings("unchecked")
    private RequestHandler<String, Integer> handler() {
        return (RequestHandler<String, Integer>) HandlerOfBean.of(RequestHandler.class, counter, scopes);
    }
}
