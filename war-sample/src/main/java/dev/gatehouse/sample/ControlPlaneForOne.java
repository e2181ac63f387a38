package dev.gatehouse.sample;

import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.GatehouseCustomizer;
import dev.gatehouse.controlplane.store.InMemoryStore;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.identity.PrincipalArn;
import dev.gatehouse.engine.signature.KeySource.Key;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * A control plane that forgets everything when the sample ends, for whoever has its key, and from this machine only. An
 * application says the same in its gatehouse.yaml: see docs/how-to/run-the-control-plane.md.
 */
@ApplicationScoped
public class ControlPlaneForOne implements GatehouseCustomizer {

    private static final PrincipalArn ROOT = PrincipalArn.of("arn:aws:iam::123456789012:root");

    @Override
    public void customize(GatehouseBuilder builder) {
        ControlPlaneKey.ofEnvironment().ifPresent(key -> {
            Identity owner = Identity.of(key.id(), ROOT, List.of());
            builder.identities(IdentitySource.of(Map.of(key.id(), Key.of(key.secret(), owner))));
            builder.controlPlane(new InMemoryStore());
        });
    }
}
