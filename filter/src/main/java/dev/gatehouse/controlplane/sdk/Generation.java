package dev.gatehouse.controlplane.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run of OpenAPI Generator, in a folder of its own that is gone when it ends, however it ends. */
final class Generation {

    /** Why there is no SDK, where it is nobody's failure. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The library logs every file; its loggers are found before its own settings. */
    private static final Map<String, String> SILENCE = Map.of(
            "logback-test.xml",
            "<configuration/>",
            "simplelogger.properties",
            "org.slf4j.simpleLogger.defaultLogLevel=off");

    private final GeneratorLibrary library;
    private final Path workplace;
    private final Recipe recipe;
    private final SdkParameters parameters;
    private final String service;
    private final ClientDocument document;

    /** @param workplace folder for the folder; null for that of temporary files */
    Generation(
            GeneratorLibrary library,
            Path workplace,
            Recipe recipe,
            SdkParameters parameters,
            String service,
            ClientDocument document) {
        this.library = library;
        this.workplace = workplace;
        this.recipe = recipe;
        this.parameters = parameters;
        this.service = service;
        this.document = document;
    }

    /** @return a zip */
    byte[] run() throws Exception {
        Path folder = workplace == null
                ? Files.createTempDirectory("gatehouse-sdk")
                : Files.createTempDirectory(workplace, "gatehouse-sdk");
        try {
            Path first = Files.createDirectory(folder.resolve("first"));
            for (Map.Entry<String, String> file : SILENCE.entrySet()) {
                Files.writeString(first.resolve(file.getKey()), file.getValue());
            }
            Path output = Files.createDirectory(folder.resolve("sdk"));
            try (GeneratorLibrary.Open open = library.open(first)
                    .orElseThrow(() -> new Refusal("SDK generation needs OpenAPI Generator, which is not there: add "
                            + GeneratorLibrary.ARTIFACTS))) {
                generate(open.loader(), settings(folder, output));
            }
            SdkArchive archive = new SdkArchive(output, file -> recipe.drops(parameters, file), recipe::edited);
            return archive.zip(recipe.additions(parameters, service, document));
        } finally {
            delete(folder);
        }
    }

    private Path settings(Path folder, Path output) throws IOException {
        Path input = folder.resolve("api.json");
        Files.writeString(input, Resources.json(document.root()), StandardCharsets.UTF_8);
        Map<String, Object> settings = new LinkedHashMap<>(recipe.options(parameters, service));
        settings.put("generatorName", recipe.generator());
        settings.put("inputSpec", input.toString());
        settings.put("outputDir", output.toString());
        settings.put("hideGenerationTimestamp", true);
        settings.put("globalProperties", Map.of("apiTests", "false", "modelTests", "false"));
        JsonNode json = JSON.valueToTree(settings);
        Path file = folder.resolve("settings.json");
        Files.writeString(file, Resources.json(json), StandardCharsets.UTF_8);
        return file;
    }

    /** By reflection: this class is loaded where the library is not, and the library may have a loader of its own. */
    private static void generate(ClassLoader loader, Path settings) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?> configurator = loader.loadClass("org.openapitools.codegen.config.CodegenConfigurator");
            Object noModules = Array.newInstance(loader.loadClass("com.fasterxml.jackson.databind.Module"), 0);
            Object configured = configurator
                    .getMethod("fromFile", String.class, noModules.getClass())
                    .invoke(null, settings.toString(), noModules);
            Object input = configurator.getMethod("toClientOptInput").invoke(configured);
            Class<?> type = loader.loadClass("org.openapitools.codegen.DefaultGenerator");
            Object generator = type.getConstructor().newInstance();
            type.getMethod("opts", loader.loadClass("org.openapitools.codegen.ClientOptInput"))
                    .invoke(generator, input);
            type.getMethod("generate").invoke(generator);
        } catch (InvocationTargetException e) {
            throw new IOException("OpenAPI Generator has failed", e.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
