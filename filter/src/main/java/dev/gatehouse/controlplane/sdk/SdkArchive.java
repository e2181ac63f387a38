package dev.gatehouse.controlplane.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What was generated, as a zip: files only, in the order of their names, all of the same time. Names are relative and stay below
 * the folder that the zip is unpacked in.
 *
 * @param drops which files stay out, by their relative path with slashes
 * @param edited path and text to the text that is delivered
 */
record SdkArchive(Path folder, Predicate<String> drops, BinaryOperator<String> edited) {

    /** Scripts, settings of build servers and binaries that nobody asked for. */
    private static final Pattern NEVER =
            Pattern.compile("\\..*|git_push\\.sh|build\\.sbt|gradlew|gradle/wrapper/.*|.*\\.(jar|sh|bat)");

    private static final Pattern SAFE =
            Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_+-][A-Za-z0-9._+-]*(/[A-Za-z0-9._+-]+)*");
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final long LARGEST = 64L * 1024 * 1024;
    private static final int MOST_FILES = 20_000;

    /** @param additions path to text; they replace what was generated */
    byte[] zip(Map<String, String> additions) throws IOException, Generation.Refusal {
        Map<String, byte[]> files = new TreeMap<>();
        long size = 0;
        for (Path file : list()) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (NEVER.matcher(name).matches() || drops.test(name)) {
                continue;
            }
            if (!SAFE.matcher(name).matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new Generation.Refusal("A name of the API would become the name of a file: " + Text.plain(name));
            }
            size += Files.size(file);
            if (size > LARGEST || files.size() == MOST_FILES) {
                throw new Generation.Refusal(
                        "The SDK is larger than " + LARGEST + " bytes or " + MOST_FILES + " files");
            }
            files.put(name, edited(name, Files.readAllBytes(file)));
        }
        additions.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return zipped(files);
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private byte[] edited(String name, byte[] content) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        return edited.apply(name, text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
