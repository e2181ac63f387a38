package dev.gatehouse.cdi;

import dev.gatehouse.DocumentSource;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.limit.LimitExceeded;
import dev.gatehouse.engine.limit.LimitListener;
import dev.gatehouse.engine.limit.UsageJournal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.interceptor.Interceptor;
import java.util.Comparator;
import java.util.stream.Stream;

/** Brings what beans have to say to the filter's gateway, and the gateway to the beans. The filter finds it as a service. */
public final class BeansCustomizer implements GatehouseCustomizer {

    /** For {@link java.util.ServiceLoader}. */
    public BeansCustomizer() {}

    /** @throws IllegalStateException where this module is in an application that has no CDI */
    @Override
    public void customize(GatehouseBuilder builder) {
        Instance<Object> beans = CDI.current();
        configure(builder, beans.select(GatehouseConfiguration.class), beans.select(DocumentSource.class));
        beans.select(Functions.class).get().declareTo(builder);
        inOrder(beans.select(IdentitySource.class)).forEach(source -> builder.identities(source.get()));
        // an observer that is slow holds the refused call, as every listener would
        Event<LimitExceeded> exceeded =
                CDI.current().getBeanManager().getEvent().select(LimitExceeded.class);
        builder.limitListener(exceeded::fire);
        inOrder(beans.select(LimitListener.class)).forEach(listener -> builder.limitListener(listener.get()));
        Instance<UsageJournal> journal = beans.select(UsageJournal.class);
        if (journal.isResolvable()) {
            builder.usageJournal(journal.get());
        }
        Instance<DefinitionStore> store = beans.select(DefinitionStore.class);
        if (store.isResolvable()) {
            builder.controlPlane(store.get());
        }
        inOrder(beans.select(GatehouseCustomizer.class))
                .forEach(customizer -> customizer.get().customize(builder));
    }

    @Override
    public void started(Gatehouse gateway) {
        Instance<Object> beans = CDI.current();
        beans.select(RunningGateway.class).get().started(gateway);
        beans.select(GatehouseCustomizer.class).forEach(customizer -> customizer.started(gateway));
    }

    /** Neither is there: the builder goes by the file that the filter named to it. */
    private static void configure(
            GatehouseBuilder builder, Instance<GatehouseConfiguration> ready, Instance<DocumentSource> source) {
        if (ready.isResolvable()) {
            builder.configuration(ready.get(), source.isResolvable() ? source.get() : applicationFolder());
        } else if (source.isResolvable()) {
            builder.configuration("gatehouse.yaml", source.get());
        }
    }

    private static DocumentSource applicationFolder() {
        WebApplication application = CDI.current().select(WebApplication.class).get();
        return application::open;
    }

    /** By priority, then by name: the same on every start. */
    private static <T> Stream<? extends Instance.Handle<T>> inOrder(Instance<T> beans) {
        return beans.handlesStream()
                .sorted(Comparator.<Instance.Handle<T>>comparingInt(BeansCustomizer::priority)
                        .thenComparing(bean -> bean.getBean().getBeanClass().getName()));
    }

    private static int priority(Instance.Handle<?> bean) {
        Priority declared = bean.getBean().getBeanClass().getAnnotation(Priority.class);
        return declared == null ? Interceptor.Priority.APPLICATION : declared.value();
    }
}
