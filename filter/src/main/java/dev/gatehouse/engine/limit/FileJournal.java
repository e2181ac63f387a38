package dev.gatehouse.engine.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Usage in a directory, which belongs to one process at a time: a text file for each day, to which lines are appended. Each line has
 * a checksum; one that was cut off when the machine lost its power is passed over.
 */
public final class FileJournal implements UsageJournal {

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final String PREFIX = "usage-";
    private static final String SUFFIX = ".log";
    private static final long SMALL = 16L << 20;

    private final Path directory;
    private final FileChannel lockFile;
    private final FileLock lock;
    private Day current;

    /** The file that is being appended to. */
    private static final class Day {
        final int day;
        final FileChannel channel;
        long rewrittenSize;

        Day(int day, FileChannel channel, long rewrittenSize) {
            this.day = day;
            this.channel = channel;
            this.rewrittenSize = rewrittenSize;
        }
    }

    private FileJournal(Path directory, FileChannel lockFile, FileLock lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * @param directory made if it is not there
     * @throws IOException where it cannot be written to, or another process has it
     */
    public static FileJournal in(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel file =
                FileChannel.open(directory.resolve("usage.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return new FileJournal(directory, file, lock);
            }
        } catch (OverlappingFileLockException e) {
            // this very process has it: said below, in the same words
        }
        file.close();
        throw new IOException("the usage data in " + directory + " belongs to another gateway that runs");
    }

    @Override
    public void load(int today, Consumer<UsageRecord> each) throws IOException {
        for (Map.Entry<Integer, Path> file : files().entrySet()) {
            if (file.getKey() <= today - DAYS) {
                Files.delete(file.getValue());
            } else {
                read(file.getKey(), file.getValue(), "", each);
            }
        }
    }

    @Override
    public void append(Collection<UsageRecord> records) throws IOException {
        Map<Integer, List<UsageRecord>> byDay =
                records.stream().collect(Collectors.groupingBy(UsageRecord::day, TreeMap::new, Collectors.toList()));
        for (Map.Entry<Integer, List<UsageRecord>> day : byDay.entrySet()) {
            open(day.getKey());
            StringBuilder lines = new StringBuilder();
            day.getValue().forEach(one -> lines.append(line(one)));
            ByteBuffer bytes = UTF_8.encode(lines.toString());
            while (bytes.hasRemaining()) {
                current.channel.write(bytes);
            }
            current.channel.force(false);
        }
    }

    private void open(int day) throws IOException {
        if (current == null || current.day != day || !current.channel.isOpen()) {
            closeCurrent();
            FileChannel channel = FileChannel.open(
                    file(day), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            long size = channel.size();
            channel.position(size);
            if (size > 0 && !endsLine(channel, size)) {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            current = new Day(day, channel, size);
        }
    }

    /** What was cut off must not be the beginning of the next line. */
    private static boolean endsLine(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        return last.get(0) == '\n';
    }

    @Override
    public boolean wantsRewrite() {
        try {
            return current != null
                    && current.channel.size() > SMALL
                    && current.channel.size() > 4 * current.rewrittenSize;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void rewrite(int day, Stream<UsageRecord> all) throws IOException {
        Path fresh = directory.resolve("usage.new");
        try (FileChannel channel = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                BufferedWriter writer =
                        new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), UTF_8))) {
            for (UsageRecord one : (Iterable<UsageRecord>) all::iterator) {
                writer.write(line(one));
            }
            writer.flush();
            channel.force(true);
        }
        closeCurrent();
        Files.move(fresh, file(day), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (Map.Entry<Integer, Path> file : files().entrySet()) {
            if (file.getKey() <= day - DAYS) {
                Files.delete(file.getValue());
            }
        }
    }

    @Override
    public List<UsageRecord> history(String planId, Set<String> keyIds, int from, int to) throws IOException {
        List<UsageRecord> found = new ArrayList<>();
        for (Map.Entry<Integer, Path> file :
                files().subMap(from, true, to, true).entrySet()) {
            Map<String, UsageRecord> latest = new LinkedHashMap<>();
            read(file.getKey(), file.getValue(), "\t" + escaped(planId) + "\t", one -> {
                if (one.planId().equals(planId) && keyIds.contains(one.keyId())) {
                    latest.put(one.keyId(), one);
                }
            });
            found.addAll(latest.values());
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        closeCurrent();
        lock.release();
        lockFile.close();
    }

    private void closeCurrent() throws IOException {
        if (current != null) {
            current.channel.close();
            current = null;
        }
    }

    private Path file(int day) {
        return directory.resolve(PREFIX + LocalDate.ofEpochDay(day) + SUFFIX);
    }

    private TreeMap<Integer, Path> files() throws IOException {
        TreeMap<Integer, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.forEach(path -> {
                String name = path.getFileName().toString();
                if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                    try {
                        String date = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                        files.put((int) LocalDate.parse(date).toEpochDay(), path);
                    } catch (DateTimeParseException e) {
                        LOG.warn("{} is not a file of usage data", path);
                    }
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    /** @param part what lines must contain to be looked at */
    private static void read(int day, Path file, String part, Consumer<UsageRecord> each) throws IOException {
        int broken = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.contains(part)) {
                    UsageRecord one = parse(day, line);
                    if (one == null) {
                        broken++;
                    } else {
                        each.accept(one);
                    }
                }
            }
        }
        if (broken > 0) {
            LOG.warn("{} lines of {} are damaged and were passed over", broken, file);
        }
    }

    private static String line(UsageRecord one) {
        String text = "\t" + escaped(one.planId()) + "\t" + escaped(one.keyId()) + "\t" + one.usedOnDay() + "\t"
                + one.remaining() + "\t" + one.periodBegin() + "\t" + one.periodEnd() + "\t" + one.used() + "\t"
                + one.extra();
        return checksum(text) + text + "\n";
    }

    /** @return null where it is damaged */
    private static UsageRecord parse(int day, String line) {
        int tab = line.indexOf('\t');
        if (tab < 0 || !line.substring(0, tab).equals(checksum(line.substring(tab)))) {
            return null;
        }
        String[] parts = line.split("\t");
        return new UsageRecord(
                URLDecoder.decode(parts[1], UTF_8),
                URLDecoder.decode(parts[2], UTF_8),
                day,
                Integer.parseInt(parts[3]),
                Long.parseLong(parts[4]),
                Integer.parseInt(parts[5]),
                Integer.parseInt(parts[6]),
                Integer.parseInt(parts[7]),
                Long.parseLong(parts[8]));
    }

    private static String escaped(String id) {
        return URLEncoder.encode(id, UTF_8);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
