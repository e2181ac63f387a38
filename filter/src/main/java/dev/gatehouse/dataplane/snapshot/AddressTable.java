package dev.gatehouse.dataplane.snapshot;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where stages are found, from the host and the raw path of a request:
 *
 * <ul>
 *   <li>the host form: {@code {apiId}.execute-api.*}, the stage is the first segment;
 *   <li>the path forms, of an API that is served here: {@code /_aws/execute-api/{apiId}/{stage}/...} and {@code
 *       /restapis/{apiId}/{stage}/_user_request_/...}; with other ids these are paths like any other;
 *   <li>base paths below the filter's mapping, as a custom domain has them: the longest wins, the empty one takes the rest.
 * </ul>
 *
 * <p>A host that is a custom domain name leads to what that one maps, and nowhere else. An API whose default endpoint is disabled is
 * not found by its id. Source: API Gateway developer guide, custom domain names.
 *
 * <p>Immutable and thread-safe.
 */
public final class AddressTable {

    public static final AddressTable EMPTY = new AddressTable(List.of(), List.of());

    private static final String HOST_FORM = ".execute-api.";
    private static final String PATH_FORM = "/_aws/execute-api/";
    private static final String MARKED_PREFIX = "/restapis/";
    private static final Pattern MARKED_FORM = Pattern.compile("/restapis/[^/]+/[^/]+/_user_request_(?:/|$)");

    /**
     * @param stage who answers
     * @param path the raw path within the stage: what is routed; begins with a slash
     * @param eventPath {@code path} of a proxy event
     * @param contextPath {@code $context.path}
     */
    public record Address(CompiledStage stage, String path, String eventPath, String contextPath) {}

    /**
     * A stage and one base path for it.
     *
     * @param basePath segments between slashes without one at either end; empty for the root; null where the stage is found
     *     by the id of its API only
     * @param customDomain whether the base path belongs to what the caller asks for, as with a custom domain, or stands for
     *     the stage, as with an invoke URL
     */
    public record Binding(CompiledStage stage, String basePath, boolean customDomain) {}

    /**
     * A custom domain name.
     *
     * @param host in lower case; {@code *.example.com} is every name with one label in front of {@code example.com} that is no
     *     custom domain name itself
     * @param mappings by base path, which is one segment without slashes, or empty
     */
    public record Domain(String host, Map<String, Mapping> mappings) {

        public Domain {
            mappings = Map.copyOf(mappings);
        }
    }

    /**
     * What a base path of a custom domain name leads to.
     *
     * @param stage null where the segment after the base path names it
     */
    public record Mapping(String apiId, String stage) {}

    private final Map<String, Map<String, CompiledStage>> byApi = new HashMap<>();
    private final Map<String, Domain> byHost = new HashMap<>();
    private final Map<String, Binding> byBasePath = new LinkedHashMap<>();
    private final List<Binding> all;
    private final int longestBasePath;

    private AddressTable(Collection<Binding> bindings, Collection<Domain> domains) {
        int longest = 0;
        for (Binding binding : bindings) {
            byApi.computeIfAbsent(binding.stage().apiId().toLowerCase(Locale.ROOT), id -> new LinkedHashMap<>())
                    .put(binding.stage().stageName(), binding.stage());
            boolean invokeUrl = !binding.customDomain();
            if (binding.basePath() != null && !(invokeUrl && binding.stage().disableExecuteApiEndpoint())) {
                byBasePath.put(binding.basePath(), binding);
                longest = Math.max(longest, segmentCount(binding.basePath()));
            }
        }
        domains.forEach(domain -> byHost.put(domain.host(), domain));
        all = List.copyOf(bindings);
        longestBasePath = longest;
    }

    /** @param bindings with distinct base paths */
    public static AddressTable of(Collection<Binding> bindings) {
        return of(bindings, List.of());
    }

    /**
     * @param bindings with distinct base paths
     * @param domains with distinct hosts; a mapping to a stage that no binding has leads nowhere
     */
    public static AddressTable of(Collection<Binding> bindings, Collection<Domain> domains) {
        return new AddressTable(bindings, domains);
    }

    /** All bindings, in the order in which they were given. */
    public List<Binding> bindings() {
        return all;
    }

    /**
     * @param host the Host header as sent
     * @param rawPath below the filter's mapping
     * @return empty where no stage is at that address
     */
    public Optional<Address> find(String host, String rawPath) {
        String path = oneLeadingSlash(rawPath);
        Domain domain = byHost.isEmpty() ? null : domain(host);
        if (domain != null) {
            return within(domain, path);
        }
        if (isHostForm(host)) {
            return stageFirst(host.substring(0, host.indexOf('.')), path);
        }
        if (path.startsWith(PATH_FORM) && isKnown(path, PATH_FORM)) {
            return apiFirst(path, PATH_FORM);
        }
        if (isMarked(path) && !byBasePath.containsKey("restapis") && isKnown(path, MARKED_PREFIX)) {
            return apiFirst(path.replaceFirst("/_user_request_", ""), MARKED_PREFIX);
        }
        return byBasePath(path);
    }

    /** Whether a form of invoke URLs names an API that is served here: otherwise it is no more than a path. */
    private boolean isKnown(String path, String prefix) {
        return byApi.containsKey(apiId(path, prefix).toLowerCase(Locale.ROOT));
    }

    private static String apiId(String path, String prefix) {
        int slash = path.indexOf('/', prefix.length());
        return path.substring(prefix.length(), slash < 0 ? path.length() : slash);
    }

    /**
     * Whether an address names an API, by a domain name or one of the forms of invoke URLs, whether or not there is such an API. What
     * only a base path leads to, names none.
     *
     * @param host the Host header as sent
     * @param rawPath below the filter's mapping
     */
    public boolean isInvokeUrl(String host, String rawPath) {
        String path = oneLeadingSlash(rawPath);
        return !byHost.isEmpty() && domain(host) != null
                || isHostForm(host)
                || path.startsWith(PATH_FORM)
                || isMarked(path);
    }

    private static boolean isMarked(String path) {
        return path.startsWith(MARKED_PREFIX) && MARKED_FORM.matcher(path).lookingAt();
    }

    private static boolean isHostForm(String host) {
        int label = host.indexOf('.');
        return label > 0 && host.regionMatches(true, label, HOST_FORM, 0, HOST_FORM.length());
    }

    private Domain domain(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        String name = (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        Domain exact = byHost.get(name);
        int dot = name.indexOf('.');
        return exact == null && dot > 0 ? byHost.get("*" + name.substring(dot)) : exact;
    }

    /** The base path, and the stage's name where the mapping leaves it to the caller, are part of what the caller asked for. */
    private Optional<Address> within(Domain domain, String path) {
        int end = endOfSegments(path, 1);
        Mapping mapping = domain.mappings().get(path.substring(1, end));
        if (mapping == null) {
            end = 0;
            mapping = domain.mappings().get("");
        }
        if (mapping == null) {
            return Optional.empty();
        }
        String stage = mapping.stage();
        if (stage == null) {
            int start = end;
            end = start == path.length() ? start : endOfSegments(path, start == 0 ? 1 : 2);
            stage = start == end ? "" : path.substring(start + 1, end);
        }
        CompiledStage found = byApi.getOrDefault(mapping.apiId().toLowerCase(Locale.ROOT), Map.of())
                .get(stage);
        return found == null
                ? Optional.empty()
                : Optional.of(new Address(found, end == path.length() ? "/" : path.substring(end), path, path));
    }

    /** {@code {apiId}/{stage}/path} behind the prefix. */
    private Optional<Address> apiFirst(String path, String prefix) {
        String apiId = apiId(path, prefix);
        String stageAndPath = path.substring(prefix.length() + apiId.length());
        return stageAndPath.isEmpty() ? Optional.empty() : stageFirst(apiId, stageAndPath);
    }

    /** {@code /{stage}/path} of a known API. */
    private Optional<Address> stageFirst(String apiId, String stageAndPath) {
        Map<String, CompiledStage> stages = byApi.getOrDefault(apiId.toLowerCase(Locale.ROOT), Map.of());
        int end = stageAndPath.indexOf('/', 1);
        CompiledStage stage = stages.get(end < 0 ? stageAndPath.substring(1) : stageAndPath.substring(1, end));
        if (stage == null || stage.disableExecuteApiEndpoint()) {
            return Optional.empty();
        }
        String path = end < 0 ? "/" : stageAndPath.substring(end);
        return Optional.of(new Address(stage, path, oneLeadingSlash(path), stageAndPath));
    }

    private Optional<Address> byBasePath(String path) {
        int end = endOfSegments(path, longestBasePath);
        while (true) {
            Binding binding = byBasePath.get(end == 0 ? "" : path.substring(1, end));
            if (binding != null) {
                String rest = end == path.length() ? "/" : path.substring(end);
                String eventPath = binding.customDomain() ? path : oneLeadingSlash(rest);
                return Optional.of(new Address(binding.stage(), rest, eventPath, path));
            }
            if (end == 0) {
                return Optional.empty();
            }
            end = path.lastIndexOf('/', end - 1);
        }
    }

    private static int endOfSegments(String path, int count) {
        int end = 0;
        for (int i = 0; i < count && end < path.length(); i++) {
            int slash = path.indexOf('/', end + 1);
            end = slash < 0 ? path.length() : slash;
        }
        return end;
    }

    private static int segmentCount(String basePath) {
        return basePath.isEmpty() ? 0 : basePath.split("/").length;
    }

    private static String oneLeadingSlash(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return start == 1 ? path : "/" + path.substring(start);
    }
}
