package dev.gatehouse.controlplane.control;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.IdentitySource;
import dev.gatehouse.engine.signature.Verification.Verified;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * Lets in as Amazon does: whoever has signed the request, in the header, for {@code apigateway} and any region, and is allowed
 * by the policies of the identity to do it. Nobody else, wherever the request comes from; and where networks are named, nobody
 * from outside of them. Thread-safe.
 */
public final class IamGatekeeper implements Gatekeeper {

    private final Signatories signatories;
    private final InstantSource clock;

    /**
     * @param identities who may sign
     * @param accountId of the gateway; identities of other accounts may do nothing here
     * @param networks whether calls from an IP address are answered at all
     */
    public IamGatekeeper(IdentitySource identities, String accountId, InstantSource clock, Predicate<String> networks) {
        this.signatories = new Signatories(identities, accountId, clock, networks, "apigateway");
        this.clock = clock;
    }

    @Override
    public Caller admit(ControlRequest request, ResourceTags tags) {
        Verified<Identity> verified = signatories.prove(request);
        String region = verified.scope().region();
        Permission permission = Permission.of(request, region);
        Instant now = clock.instant();
        signatories.allow(
                verified.principal(),
                permission.action(),
                permission.resource(),
                () -> Circumstances.of(request, region, now, tags.in(region)));
        return new Caller(verified.principal().arn(), region);
    }
}
