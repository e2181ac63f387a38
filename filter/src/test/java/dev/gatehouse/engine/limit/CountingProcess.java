package dev.gatehouse.engine.limit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A process that counts calls of one key as quickly as it can and says how far it is, for tests that end it where it stands. */
final class CountingProcess {

    static final Claim CLAIM = new Claim("plan", "key", new Quota(1_000_000_000, QuotaPeriod.MONTH, 0), null, null);

    private static final int BATCH = 500;

    private CountingProcess() {}

    /**
     * What was seen of a process that is no more.
     *
     * @param kept calls of the day, those of other processes included, by the last write that had returned
     * @param begun all calls that it may have let pass
     * @param pause the longest time from the beginning, or the end of a write, to the next one
     */
    record Life(long kept, long begun, Duration pause) {}

    /**
     * Lets one count for some time and ends it as {@code kill -9} does.
     *
     * @param time from the first write that has returned
     * @param clock by which it counts days
     * @param place {@code directory} or {@code database}, and a path or a URL
     */
    static Life untilKilled(Duration time, InstantSource clock, String... place) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingProcess.class.getName(),
                        Long.toString(clock.millis()),
                        place[0],
                        place[1])
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long kept = 0;
        long begun = 0;
        long pause = 0;
        long end = 0;
        try (BufferedReader said = process.inputReader(US_ASCII)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                long number = Long.parseLong(line.substring(line.indexOf(' ') + 1));
                switch (line.charAt(0)) {
                    case 'b' -> begun = number;
                    case 'k' -> kept = number;
                    default -> pause = Math.max(pause, number);
                }
                end = end == 0 && kept > 0 ? System.nanoTime() + time.toNanos() : end;
                if (end != 0 && System.nanoTime() - end > 0) {
                    process.toHandle().destroyForcibly(); // that of the process would close its output as well
                }
            }
        } finally {
            process.destroyForcibly();
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end");
        }
        return new Life(kept, begun, Duration.ofNanos(pause));
    }

    // ---- what runs in that process

    public static void main(String[] arguments) throws IOException {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(Long.parseLong(arguments[0])));
        UsageJournal journal = arguments[1].equals("directory")
                ? FileJournal.in(Path.of(arguments[2]))
                : JdbcJournal.of(new Url(arguments[2]));
        Limits limits = new Limits(clock, System::nanoTime, new Told(journal));
        try (UsageKeeper keeper = UsageKeeper.of(limits)) {
            for (long calls = BATCH; keeper != null; calls += BATCH) {
                say("begun", calls);
                for (int i = 0; i < BATCH; i++) {
                    limits.admit(CLAIM, List.of());
                }
            }
        }
    }

    /** A line is written as one: it is there or not. */
    private static synchronized void say(String what, long number) {
        System.out.print(what + " " + number + "\n");
        System.out.flush();
    }

    private static final class Url extends DelegatingDataSource {

        private final String url;

        Url(String url) {
            super(null);
            this.url = url;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return DriverManager.getConnection(url);
        }
    }

    /** Says what is kept when a write has returned, and how long it was between two of them. */
    private static final class Told implements UsageJournal {

        private final UsageJournal real;
        private long returned;

        Told(UsageJournal real) {
            this.real = real;
        }

        @Override
        public void load(int today, Consumer<UsageRecord> each) throws IOException {
            real.load(today, each);
            returned = System.nanoTime();
        }

        @Override
        public void append(Collection<UsageRecord> records) throws IOException {
            append(records, elsewhere -> {});
        }

        @Override
        public void append(Collection<UsageRecord> records, Consumer<CountedElsewhere> elsewhere) throws IOException {
            say("pause", System.nanoTime() - returned);
            long kept = records.stream().mapToLong(UsageRecord::usedOnDay).sum();
            real.append(records, elsewhere);
            returned = System.nanoTime();
            say("kept", kept);
        }

        @Override
        public boolean wantsRewrite() {
            return real.wantsRewrite();
        }

        @Override
        public void rewrite(int day, Stream<UsageRecord> all) throws IOException {
            real.rewrite(day, all);
        }

        @Override
        public List<UsageRecord> history(String planId, Set<String> keyIds, int from, int to) throws IOException {
            return real.history(planId, keyIds, from, to);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
