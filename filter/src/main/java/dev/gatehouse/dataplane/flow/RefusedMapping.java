package dev.gatehouse.dataplane.flow;

/** Ends a mapping from deep inside it; the step that maps turns it into a value again. */
final class RefusedMapping extends RuntimeException {

    private final Refusal refusal;

    RefusedMapping(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
