package dev.gatehouse.engine.limit;

/** Has no tokens and never gets any. */
record ClosedBucket(Rate rate) implements Bucket {

    @Override
    public Admission take() {
        return Admission.REFUSED_FOR_EVER;
    }

    @Override
    public Admission look() {
        return Admission.REFUSED_FOR_EVER;
    }

    @Override
    public double taken() {
        return 0;
    }

    @Override
    public void charge(double tokens) {
        // there is nothing to take
    }
}
