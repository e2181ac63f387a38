package dev.gatehouse.controlplane.sdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.controlplane.openapi.ExportOptions;
import dev.gatehouse.controlplane.openapi.ExportResult;
import dev.gatehouse.controlplane.openapi.OpenApiExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SDKs: the deployed definition is exported, cleaned of everything that could be more than a name or a comment ({@link
 * ClientDocument}), and given to OpenAPI Generator. The same order gives the same bytes. One SDK is made at a time; thread-safe.
 */
public final class SdkGenerator {

    /** Far more than an API of Amazon's largest size takes. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(SdkGenerator.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_DOCUMENT = 2 * 1024 * 1024;
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Supplier<GeneratorLibrary> library;
    private final Duration longest;
    private final Path workplace;
    private final Semaphore room = new Semaphore(1);

    private SdkGenerator(Supplier<GeneratorLibrary> library, Duration longest, Path workplace) {
        this.library = Objects.requireNonNull(library, "library");
        this.longest = longest;
        this.workplace = workplace;
    }

    /** Orders are given up after {@link #LONGEST}. */
    public static SdkGenerator of(GeneratorLibrary library) {
        return of(library, LONGEST, null);
    }

    /** @param library asked anew for each order */
    public static SdkGenerator of(Supplier<GeneratorLibrary> library) {
        return new SdkGenerator(library, LONGEST, null);
    }

    /**
     * @param longest how long a caller waits at most
     * @param workplace where files lie while an SDK is made
     */
    static SdkGenerator of(GeneratorLibrary library, Duration longest, Path workplace) {
        Objects.requireNonNull(library, "library");
        return new SdkGenerator(() -> library, longest, workplace);
    }

    /** Blocks while the SDK is made. */
    public SdkResult generate(SdkOrder order) {
        Recipe recipe = SdkTypes.recipe(order.type()).orElse(null);
        if (recipe == null) {
            return new SdkResult.Refused(
                    "Invalid SDK type specified: " + Text.plain(order.type()) + ". Must be one of: "
                            + SdkTypes.all().stream().map(SdkType::id).toList());
        }
        List<String> problems = new ArrayList<>();
        SdkParameters parameters = SdkParameters.of(recipe, order.parameters(), problems);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        ExportResult exported = OpenApiExport.write(
                order.definition(),
                new ExportOptions(
                        ExportOptions.Format.OAS30,
                        ExportOptions.Syntax.JSON,
                        Set.of(ExportOptions.Extension.AUTHORIZERS),
                        "localhost",
                        "stage",
                        order.documentationVersion(),
                        order.frozen()));
        return exported.fold(
                written -> generate(recipe, parameters, order, parse(written.text())),
                refusal -> new SdkResult.Refused(refusal.reason()));
    }

    private SdkResult generate(Recipe recipe, SdkParameters parameters, SdkOrder order, ObjectNode exported) {
        String title = Text.identifier(exported.at("/info/title").asText(), "Api");
        String service = recipe.service(parameters, title);
        List<String> problems = new ArrayList<>();
        ClientDocument document = ClientDocument.of(
                exported,
                Text.camel(service),
                parameters
                        .get(SdkParameter.INVOKE_URL.name(), order.invokeUrl())
                        .replaceAll("/+$", ""),
                problems);
        if (document.root().path("paths").isEmpty() && problems.isEmpty()) {
            problems.add("The deployment has no method that a client could call; methods of ANY are not generated");
        }
        byte[] input = Resources.json(document.root()).getBytes(StandardCharsets.UTF_8);
        if (input.length > LARGEST_DOCUMENT) {
            problems.add("The API is larger than the " + LARGEST_DOCUMENT + " bytes that SDKs are generated for");
        }
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        Generation generation = new Generation(library.get(), workplace, recipe, parameters, service, document);
        String fileName = recipe.id() + "_" + FILE_TIME.format(order.frozen()) + ".zip";
        return room.tryAcquire() ? run(generation, fileName) : new SdkResult.Busy();
    }

    /** On a thread of its own: what the library leaves in thread-locals goes with it, and a caller can stop waiting. */
    private SdkResult run(Generation generation, String fileName) {
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            try {
                return generation.run();
            } finally {
                room.release();
            }
        });
        Thread thread = new Thread(task, "gatehouse-sdk");
        thread.setDaemon(true);
        thread.start();
        try {
            return new SdkResult.Generated(task.get(longest.toMillis(), TimeUnit.MILLISECONDS), fileName);
        } catch (TimeoutException e) {
            thread.interrupt();
            LOG.warn("An SDK was given up after {} ms", longest.toMillis());
            return new SdkResult.Refused("The SDK was not ready after " + longest.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new SdkResult.Busy();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Generation.Refusal refusal) {
                return new SdkResult.Refused(refusal.getMessage());
            }
            LOG.warn("OpenAPI Generator has failed", e.getCause());
            return new SdkResult.Refused("OpenAPI Generator cannot make an SDK of this API; the log says why");
        }
    }

    private static SdkResult refused(List<String> problems) {
        return new SdkResult.Refused(String.join("; ", problems));
    }

    private static ObjectNode parse(byte[] document) {
        try {
            return (ObjectNode) JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
