package dev.gatehouse.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.configuration.Shape.Flag;
import dev.gatehouse.configuration.Shape.Fraction;
import dev.gatehouse.configuration.Shape.Key;
import dev.gatehouse.configuration.Shape.Keys;
import dev.gatehouse.configuration.Shape.Whole;
import dev.gatehouse.definition.MethodSetting;
import dev.gatehouse.definition.Stage;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

class FileShapeTest {

    private static final List<Keys> ALL = List.of(
            FileShape.FILE,
            FileShape.API,
            FileShape.STAGE,
            FileShape.METHOD_SETTING,
            FileShape.CANARY,
            FileShape.ACCESS_LOG,
            FileShape.FUNCTION,
            FileShape.CREDENTIALS,
            FileShape.SECRET,
            FileShape.USER_POOL,
            FileShape.ENDPOINTS);

    @Test
    void everyFieldOfAmazonsStageIsReadOrRefusedByName() {
        assertThat(names(FileShape.STAGE)).containsAll(components(Stage.class));
        assertThat(names(FileShape.METHOD_SETTING)).isEqualTo(components(MethodSetting.class));
        assertThat(names(FileShape.CANARY)).isEqualTo(components(dev.gatehouse.definition.CanarySettings.class));
        assertThat(names(FileShape.ACCESS_LOG)).isEqualTo(components(dev.gatehouse.definition.AccessLogSettings.class));
    }

    @Test
    void everyDefaultIsAValueThatTheKeyAccepts() {
        ALL.forEach(keys -> keys.keys().stream()
                .filter(key -> key.standard() != null)
                .forEach(key -> {
                    boolean plain = key.shape() instanceof Flag || isNumber(key);
                    String written = plain ? key.standard() : '"' + key.standard() + '"';
                    assertThat(accepts(key.shape(), written)).as(key.name()).isTrue();
                }));
    }

    @Test
    void everyRangeEndsWhereItSaysItEnds() {
        List<String> checked = new ArrayList<>();
        ALL.forEach(keys -> keys.keys().stream().filter(FileShapeTest::isNumber).forEach(key -> {
            boolean whole = key.shape() instanceof Whole;
            long min = key.shape() instanceof Whole w ? w.min() : ((Fraction) key.shape()).min();
            long max = key.shape() instanceof Whole w ? w.max() : ((Fraction) key.shape()).max();
            assertThat(accepts(key.shape(), Long.toString(min))).as(key.name()).isTrue();
            assertThat(accepts(key.shape(), Long.toString(max))).as(key.name()).isTrue();
            assertThat(accepts(key.shape(), Long.toString(min - 1)))
                    .as(key.name())
                    .isFalse();
            assertThat(accepts(key.shape(), Long.toString(max + 1)))
                    .as(key.name())
                    .isFalse();
            assertThat(accepts(key.shape(), max + ".001")).as(key.name()).isFalse();
            assertThat(accepts(key.shape(), min + ".5")).as(key.name()).isEqualTo(!whole);
            checked.add(key.name());
        }));
        assertThat(checked).hasSize(6);
    }

    @Test
    void everyRuleSpeaksOfKeysThatThereAre() {
        ALL.forEach(keys -> {
            Stream<String> ruled = Stream.concat(
                    keys.oneOf().stream().flatMap(List::stream),
                    keys.onlyWith().entrySet().stream().flatMap(rule -> Stream.of(rule.getKey(), rule.getValue())));
            assertThat(ruled).allSatisfy(name -> assertThat(keys.key(name)).isPresent());
            assertThat(keys.refused().keySet())
                    .allSatisfy(name -> assertThat(keys.key(name)).isEmpty());
        });
    }

    private static boolean isNumber(Key key) {
        return key.shape() instanceof Whole || key.shape() instanceof Fraction;
    }

    private static boolean accepts(Shape shape, String written) {
        Node node = new Composer(
                        new ParserImpl(new StreamReader(written), new LoaderOptions()),
                        new PlainScalars(),
                        new LoaderOptions())
                .getSingleNode();
        Problems problems = new Problems();
        new ShapeReader("test", problems).read(node, shape, "");
        return problems.isEmpty();
    }

    private static Set<String> names(Keys keys) {
        Set<String> names = new TreeSet<>(keys.refused().keySet());
        keys.keys().forEach(key -> names.add(key.name()));
        return names;
    }

    private static Set<String> components(Class<?> record) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(component.getName());
        }
        return names;
    }
}
