package dev.gatehouse.cdi;

import dev.gatehouse.GatehouseBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.time.Duration;

/** The beans under {@link LambdaFunction}, as the gateway calls them. */
@ApplicationScoped
class Functions {

    @Inject
    GatehouseExtension extension;

    @Inject
    BeanManager beans;

    @Inject
    Instance<RequestContextController> scopes;

    void declareTo(GatehouseBuilder builder) {
        extension.functions().forEach(function -> declare(function, builder));
    }

    /** One reference for all calls: a dependent bean lives as long as the gateway, as a handler does at Amazon. */
    private void declare(FunctionBean function, GatehouseBuilder builder) {
        Bean<?> bean = function.bean();
        Type type = function.handlerType().orElseThrow();
        Object reference = beans.getReference(bean, type, beans.createCreationalContext(bean));
        Object handler = HandlerOfBean.of(function.handlerInterface().orElseThrow(), reference, scopes);
        LambdaFunction declared = function.declared();
        builder.function(
                declared.value(),
                () -> handler,
                function.type(),
                Duration.ofSeconds(declared.timeout()),
                declared.memorySize());
    }
}
