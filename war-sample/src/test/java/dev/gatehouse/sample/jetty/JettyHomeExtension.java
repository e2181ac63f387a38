package dev.gatehouse.sample.jetty;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Registers {@link JettyHomeContainer}, but only where Jetty is wanted: Arquillian refuses two containers. */
public final class JettyHomeExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        if ("jetty".equals(System.getProperty("arquillian.launch"))) {
            builder.service(DeployableContainer.class, JettyHomeContainer.class);
        }
    }
}
