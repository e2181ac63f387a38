package dev.gatehouse.cdi;

import dev.gatehouse.Gatehouse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** Makes the gateway that the filter started a bean. */
@ApplicationScoped
class RunningGateway {

    private volatile Gatehouse gateway;

    void started(Gatehouse running) {
        gateway = running;
    }

    /** Dependent, for the class is final and cannot be proxied; there is one gateway as long as the application runs. */
    @Produces
    @Dependent
    Gatehouse gateway() {
        Gatehouse running = gateway;
        if (running == null) {
            throw new IllegalStateException(
                    "the gateway does not run yet: GatehouseFilter starts it after the beans that begin"
                            + " with the application; inject Provider<Gatehouse> there and ask it when a request comes");
        }
        return running;
    }
}
