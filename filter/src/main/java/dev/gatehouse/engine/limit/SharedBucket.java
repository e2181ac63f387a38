package dev.gatehouse.engine.limit;

/**
 * A bucket that outlives changes of its rate, and that is let go when it is full and nobody asks. Who still holds it then is sent on to the one that
 * took its place, so nobody takes from two.
 */
final class SharedBucket implements Bucket {

    private final Buckets owner;
    private Limit limit;
    private volatile Bucket bucket;
    private boolean used;
    private boolean retired;

    SharedBucket(Limit limit, Buckets owner) {
        this.owner = owner;
        this.limit = limit;
        this.bucket = owner.registered(limit);
    }

    /** Changes the rate, where it is another one now. What has been taken stays taken. */
    Bucket at(Limit wanted) {
        if (!bucket.rate().equals(wanted.rate())) {
            change(wanted);
        }
        return this;
    }

    private synchronized void change(Limit wanted) {
        if (!retired) {
            double taken = bucket.taken();
            bucket = owner.registered(wanted);
            bucket.charge(taken);
            limit = wanted;
        }
    }

    /** Called every now and then; a bucket goes if nobody has asked it since the last time. */
    synchronized void retireIfIdle() {
        if (!used && !retired && bucket.taken() == 0) {
            retired = true;
            owner.forget(this, limit.name());
        }
        used = false;
    }

    @Override
    public Rate rate() {
        return bucket.rate();
    }

    @Override
    public synchronized Admission take() {
        used = true;
        return retired ? owner.shared(limit).take() : bucket.take();
    }

    @Override
    public synchronized Admission look() {
        return retired ? owner.shared(limit).look() : bucket.look();
    }

    @Override
    public synchronized double taken() {
        return bucket.taken();
    }

    @Override
    public synchronized void charge(double tokens) {
        bucket.charge(tokens);
    }
}
