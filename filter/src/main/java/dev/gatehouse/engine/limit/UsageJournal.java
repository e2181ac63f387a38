package dev.gatehouse.engine.limit;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where usage is kept beyond the memory of the process, for 90 days. A record replaces the one of the same plan, key and day. Used
 * by one thread at a time, but for {@link #history}.
 */
public interface UsageJournal extends AutoCloseable {

    /** What GetUsage may be asked for. */
    int DAYS = 90;

    /**
     * Tells all that is kept, at the start.
     *
     * @param today what is too old to be asked for may be forgotten
     * @param each gets records in the order of their days, of the same key and day the latest last
     */
    void load(int today, Consumer<UsageRecord> each) throws IOException;

    /** Keeps records; when it returns they survive the end of the process, and of the machine. */
    void append(Collection<UsageRecord> records) throws IOException;

    /**
     * As {@link #append(Collection)}, where others may count for the same keys at the same place.
     *
     * @param elsewhere hears of each key for which others have counted since it was appended the last time
     */
    default void append(Collection<UsageRecord> records, Consumer<CountedElsewhere> elsewhere) throws IOException {
        append(records);
    }

    /** Whether so much has been appended that {@link #rewrite} is worth its while. */
    boolean wantsRewrite();

    /** Replaces all that is kept of a day. */
    void rewrite(int day, Stream<UsageRecord> all) throws IOException;

    /** The latest records of some keys of a plan from one day to another, both included. May run beside all else. */
    List<UsageRecord> history(String planId, Set<String> keyIds, int from, int to) throws IOException;

    @Override
    void close() throws IOException;
}
