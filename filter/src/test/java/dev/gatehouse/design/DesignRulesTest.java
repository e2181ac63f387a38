package dev.gatehouse.design;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The import table of {@code docs/internals/architecture.md}, and other rules about the shape of the code. */
class DesignRulesTest {

    private static final String ROOT = "dev.gatehouse";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Last name of a package to the last names of those that it may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("http", Set.of()),
            Map.entry("definition", Set.of()),
            Map.entry("json", Set.of()),
            Map.entry("pattern", Set.of()),
            Map.entry("observe", Set.of("http", "expression")),
            Map.entry("schema", Set.of("json", "pattern")),
            Map.entry("table", Set.of()),
            Map.entry("jdbc", Set.of()),
            Map.entry("limit", Set.of("table", "jdbc")),
            Map.entry("redis", Set.of("limit")),
            Map.entry("policy", Set.of()),
            Map.entry("identity", Set.of("policy", "signature")),
            Map.entry("configuration", Set.of("definition", "policy", "identity", "limit", "redis")),
            Map.entry("routing", Set.of("http")),
            Map.entry("signature", Set.of("http")),
            Map.entry("token", Set.of("http", "json")),
            Map.entry("expression", Set.of("http", "json")),
            Map.entry("template", Set.of("http", "expression", "json")),
            Map.entry("lambda", Set.of("http", "signature")),
            Map.entry("aws", Set.of("http", "signature")),
            Map.entry("integration", Set.of("http", "json", "expression", "signature", "lambda")),
            Map.entry(
                    "authorizer",
                    Set.of(
                            "http",
                            "json",
                            "expression",
                            "pattern",
                            "policy",
                            "signature",
                            "identity",
                            "token",
                            "lambda")),
            Map.entry(
                    "snapshot",
                    Set.of(
                            "observe",
                            "http",
                            "json",
                            "pattern",
                            "schema",
                            "routing",
                            "expression",
                            "template",
                            "lambda",
                            "limit",
                            "table",
                            "aws",
                            "authorizer")),
            Map.entry(
                    "flow",
                    Set.of(
                            "http",
                            "snapshot",
                            "authorizer",
                            "integration",
                            "observe",
                            "json",
                            "policy",
                            "schema",
                            "routing",
                            "expression",
                            "template",
                            "lambda",
                            "limit",
                            "aws")),
            Map.entry(
                    "compile",
                    Set.of(
                            "definition",
                            "http",
                            "snapshot",
                            "observe",
                            "json",
                            "pattern",
                            "schema",
                            "routing",
                            "expression",
                            "template",
                            "lambda",
                            "limit",
                            "authorizer",
                            "policy",
                            "signature",
                            "token",
                            "identity",
                            "aws")),
            Map.entry("openapi", Set.of("definition")),
            Map.entry("store", Set.of("definition", "jdbc")),
            Map.entry("sdk", Set.of("definition", "openapi")),
            Map.entry(
                    "control",
                    Set.of("http", "definition", "store", "openapi", "sdk", "signature", "policy", "identity")),
            Map.entry("iam", Set.of("http", "store", "control", "signature", "policy", "identity")),
            Map.entry("servlet", Set.of("gatehouse", "http", "control")));

    @Test
    void packagesImportOnlyWhatTheTableAllows() {
        Set<String> breaches = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = lastName(type.getPackageName());
            Set<String> allowed = MAY_IMPORT.get(from);
            if (allowed == null) {
                assertThat(from)
                        .as("the package of %s is in the import table", type.getName())
                        .isEqualTo("gatehouse");
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                String to = lastName(target);
                if (target.startsWith(ROOT) && !to.equals(from) && !allowed.contains(to)) {
                    breaches.add(type.getName() + " imports "
                            + dependency.getTargetClass().getName());
                }
            }
        }

        assertThat(breaches).isEmpty();
    }

    @Test
    void onlyTheServletPackageIsImportedByNobody() {
        Set<String> breaches = CLASSES.stream()
                .filter(type -> !lastName(type.getPackageName()).equals("servlet"))
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .anyMatch(target -> target.startsWith("jakarta.servlet") || target.equals(ROOT + ".servlet")))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(breaches).as("classes outside servlet that know servlets").isEmpty();
    }

    /** What callers and backends send is never read as XML; the answer of STS is, by a reader that knows no entities. */
    @Test
    void nobodyButTheClientOfStsReadsXml() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass().getPackageName())
                                .anyMatch(target ->
                                        target.matches("(javax\\.xml|org\\.xml|org\\.w3c)\\..*|jakarta\\.xml.*")))
                        .map(JavaClass::getName))
                .containsExactly(ROOT + ".engine.aws.Sts");
    }

    @Test
    void packagesHaveNoCycles() {
        Map<String, Set<String>> imports = CLASSES.stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.flatMapping(
                                type -> type.getDirectDependenciesFromSelf().stream()
                                        .map(dependency ->
                                                dependency.getTargetClass().getPackageName())
                                        .filter(target ->
                                                target.startsWith(ROOT) && !target.equals(type.getPackageName())),
                                Collectors.toSet())));
        for (String start : imports.keySet()) {
            assertThat(reachable(start, imports))
                    .as("what %s imports, and so on", start)
                    .doesNotContain(start);
        }
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src/main/java"))) {
            Set<Path> silent = folders.filter(Files::isDirectory)
                    .filter(DesignRulesTest::hasClasses)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .collect(Collectors.toSet());

            assertThat(silent).isEmpty();
        }
    }

    @Test
    void namesSayMoreThanManagerOrHelper() {
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> name.matches(".*(Manager|Helper|Util|Utils|Impl)"));
    }

    private static boolean hasClasses(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> reachable(String start, Map<String, Set<String>> imports) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> open = new LinkedHashSet<>(imports.getOrDefault(start, Set.of()));
        while (!open.isEmpty()) {
            String next = open.iterator().next();
            open.remove(next);
            if (found.add(next)) {
                open.addAll(imports.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }

    private static String lastName(String packageName) {
        return packageName.substring(packageName.lastIndexOf('.') + 1);
    }
}
