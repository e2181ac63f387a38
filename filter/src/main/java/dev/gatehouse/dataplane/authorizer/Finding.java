package dev.gatehouse.dataplane.authorizer;

import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.policy.PolicyDecision.Verdict;
import dev.gatehouse.engine.policy.PolicyQuery;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** What an {@link Authorizer} comes to know. */
public sealed interface Finding {

    /**
     * Somebody, beyond doubt.
     *
     * @param caller who
     * @param own what the policies of the caller say to this call, those that an authorizer returned included; {@code ALLOW}
     *     where a proven token is all that is asked for
     * @param signer who signed the call; null where a token stands for the caller: resource policies see nobody then
     */
    record Found(CallerFacts caller, Verdict own, Signer signer) implements Finding {

        public Found {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(own, "own");
        }

        /** By a token. */
        public static Found of(CallerFacts caller, Verdict own) {
            return new Found(caller, own, null);
        }
    }

    /**
     * Nobody, or nobody who could be asked.
     *
     * @param caller what became known all the same
     */
    record Refused(Denial denial, CallerFacts caller) implements Finding {

        public static Refused of(Denial denial) {
            return new Refused(denial, CallerFacts.NOBODY);
        }
    }

    /** @param finding found or refused; where it fails, nobody has permitted anything and the call ends with 500 */
    record Pending(CompletionStage<Finding> finding) implements Finding {}

    /** @param query what the caller wants, under the caller's names: asked of the identity's policies, to be asked of others */
    record Signer(Identity identity, PolicyQuery query) {}
}
