package dev.gatehouse.controlplane.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A generated SDK on disk, as its user has it. */
public record UnpackedSdk(Path folder) {

    /** @return path to content; fails where a name leads out of the folder that it is unpacked in */
    static Map<String, byte[]> files(byte[] zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path root = Path.of("/unpacked");
                assertThat(root.resolve(entry.getName()).normalize()).startsWithRaw(root);
                files.put(entry.getName(), entries.readAllBytes());
            }
        }
        return files;
    }

    public static UnpackedSdk in(Path folder, byte[] zip) throws IOException {
        UnpackedSdk sdk = new UnpackedSdk(folder);
        for (Map.Entry<String, byte[]> file : files(zip).entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
        return sdk;
    }

    public void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Compiles everything below {@code src/main/java} against the class path of this test. */
    public Class<?> compiled(String type) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(folder.resolve("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-proc:none", "-nowarn", "--release", "11", "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            errors, manager, null, options, null, manager.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as("%s", errors).isTrue();
        }
        URL[] place = {classes.toUri().toURL()};
        return new URLClassLoader(place, UnpackedSdk.class.getClassLoader()).loadClass(type);
    }

    /**
     * Runs a script of {@code src/test/resources/sdk} in Node.
     *
     * @param arguments what the script gets after the address of the SDK
     * @return what it has printed
     */
    public List<String> run(String script, String... arguments) throws Exception {
        assumeTrue(hasNode(), "there is no node on the path, so no JavaScript client was run");
        List<String> command = new ArrayList<>(List.of(
                "node",
                Path.of("src/test/resources/sdk", script).toAbsolutePath().toString(),
                folder.resolve("src/index.js").toUri().toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text.lines().toList();
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
