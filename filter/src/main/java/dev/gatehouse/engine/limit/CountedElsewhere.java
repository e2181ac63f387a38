package dev.gatehouse.engine.limit;

/**
 * What other processes have counted for a key since this one asked the last time.
 *
 * @param day counted from 1970-01-01
 * @param onDay calls of that day
 * @param periodBegin first day of the period, as this process knows it; 0 without quota
 * @param inPeriod calls of that period
 * @param extra calls that were granted for that period; negative where some were taken away
 */
public record CountedElsewhere(
        String planId, String keyId, int day, int onDay, int periodBegin, int inPeriod, long extra) {

    boolean isNothing() {
        return onDay == 0 && inPeriod == 0 && extra == 0;
    }
}
