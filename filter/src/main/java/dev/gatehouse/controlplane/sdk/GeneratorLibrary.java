package dev.gatehouse.controlplane.sdk;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the classes of OpenAPI Generator come from, if they are there at all. They bring some 70 libraries with them, so they are no
 * dependency of Gatehouse, and best kept off the class path of an application: see {@link #at}. Thread-safe.
 */
public final class GeneratorLibrary {

    /** The artifacts to add, for messages. */
    public static final String ARTIFACTS = "org.openapitools:openapi-generator-cli:7.25.0 as a file that"
            + " controlPlane.sdkGenerator of the configuration names, or org.openapitools:openapi-generator:7.25.0 on the class path";

    private static final String ENTRY = "org/openapitools/codegen/DefaultGenerator.class";

    private final ClassLoader loader;
    private final Path place;

    private GeneratorLibrary(ClassLoader loader, Path place) {
        this.loader = loader;
        this.place = place;
    }

    /** Classes that a class loader knows, where it does. */
    public static GeneratorLibrary onClassPath(ClassLoader loader) {
        return new GeneratorLibrary(Objects.requireNonNull(loader, "loader"), null);
    }

    /**
     * A file or folder that only this library is loaded from, apart from all other classes, anew for each SDK.
     *
     * @param place the jar of openapi-generator-cli, or a folder with all jars that openapi-generator needs; looked at when an
     *     SDK is asked for
     */
    public static GeneratorLibrary at(Path place) {
        return new GeneratorLibrary(null, Objects.requireNonNull(place, "place"));
    }

    /** What is open has to be closed. */
    record Open(ClassLoader loader, Closeable closing) implements Closeable {

        @Override
        public void close() throws IOException {
            closing.close();
        }
    }

    /**
     * @param first a folder whose files are found before all others; a library on the class path has its own ways
     * @return empty where the library is not there
     */
    Optional<Open> open(Path first) {
        if (loader != null) {
            return loader.getResource(ENTRY) == null ? Optional.empty() : Optional.of(new Open(loader, () -> {}));
        }
        List<URL> urls = new ArrayList<>();
        urls.add(url(first));
        jars().stream().map(GeneratorLibrary::url).forEach(urls::add);
        URLClassLoader own =
                new URLClassLoader("openapi-generator", urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        if (own.getResource(ENTRY) != null) {
            return Optional.of(new Open(own, own));
        }
        try {
            own.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    private List<Path> jars() {
        if (!Files.isDirectory(place)) {
            return Files.isRegularFile(place) ? List.of(place) : List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL leads to " + path, e);
        }
    }
}
