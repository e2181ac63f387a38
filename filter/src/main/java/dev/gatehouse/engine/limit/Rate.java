package dev.gatehouse.engine.limit;

/**
 * What a token bucket holds, and how fast it fills. Source: API Gateway developer guide, "throttle requests".
 *
 * @param perSecond tokens that drop in each second; 0 refuses everything
 * @param burst tokens that it holds at most, and has in the beginning; 0 refuses everything
 */
public record Rate(double perSecond, int burst) {

    /** @throws IllegalArgumentException on what is negative, infinite or no number: none of it may come to mean "unlimited" */
    public Rate {
        if (!(perSecond >= 0 && perSecond <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("a rate must be a number from 0 on, not " + perSecond);
        }
        if (burst < 0) {
            throw new IllegalArgumentException("a burst must not be negative, as " + burst + " is");
        }
    }

    boolean refusesAll() {
        return perSecond == 0 || burst == 0;
    }
}
