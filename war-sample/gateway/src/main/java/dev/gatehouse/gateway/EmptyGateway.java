package dev.gatehouse.gateway;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.EncryptedStore;
import dev.gatehouse.controlplane.store.EncryptionKey;
import dev.gatehouse.controlplane.store.InMemoryStore;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Starts the gateway that the environment asks for, before the filter and the servlet look for one in the servlet context. */
public final class EmptyGateway implements ServletContextListener {

    private static final String ATTRIBUTE = Gatehouse.class.getName();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Environment environment = Environment.ofProcess();
        byte[] configuration = environment.configuration().getBytes(StandardCharsets.UTF_8);
        GatehouseBuilder builder =
                Gatehouse.builder().configuration("environment", name -> new ByteArrayInputStream(configuration));
        if (environment.directory().isEmpty()) {
            builder.controlPlane(environment.hasStoreKey() ? new InMemoryStore() : forgotten());
        }
        event.getServletContext().setAttribute(ATTRIBUTE, builder.build());
    }

    /** Users are kept in an encrypted store only. What ends with the process needs no key that anybody knows. */
    private static DefinitionStore forgotten() {
        return EncryptedStore.over(new InMemoryStore(), EncryptionKey.random());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(ATTRIBUTE) instanceof Gatehouse gateway) {
            gateway.close();
        }
    }
}
