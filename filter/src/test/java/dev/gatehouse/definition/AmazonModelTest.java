package dev.gatehouse.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Holds the records against Amazon's own service model, as its SDK for Java has it. */
class AmazonModelTest {

    private static final String MODEL = "software.amazon.awssdk.services.apigateway.model.";

    private static final Map<String, String> NAMES_OF_AMAZON = Map.of("Account", "GetAccountResponse");

    /** What Amazon has no shape for. */
    private static final Set<String> OUR_OWN = Set.of("ApiDefinition", "Problem");

    private static final Set<String> ENUMS_WITHOUT_A_TYPE_IN_THE_SDK =
            Set.of("AuthorizationType", "LoggingLevel", "PassthroughBehavior");

    static Stream<Class<?>> records() {
        return ours().filter(Class::isRecord).filter(type -> !OUR_OWN.contains(type.getSimpleName()));
    }

    static Stream<Class<?>> enums() {
        return ours().filter(Class::isEnum)
                .filter(type -> !ENUMS_WITHOUT_A_TYPE_IN_THE_SDK.contains(type.getSimpleName()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordHasExactlyTheMembersOfTheServiceModelInItsOrder(Class<?> record) throws Exception {
        assertThat(Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName))
                .containsExactlyElementsOf(
                        fields(record).stream().map(SdkField::locationName).toList());
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyMemberHasTheTypeOfTheServiceModel(Class<?> record) throws Exception {
        Map<String, SdkField<?>> fields =
                fields(record).stream().collect(Collectors.toMap(SdkField::locationName, field -> field));
        for (RecordComponent component : record.getRecordComponents()) {
            Class<?> amazons = fields.get(component.getName()).marshallingType().getTargetClass();
            assertThat(kind(component.getType())).as(component.toString()).isEqualTo(kind(amazons));
        }
    }

    @ParameterizedTest
    @MethodSource("enums")
    void everyEnumHasExactlyTheConstantsOfTheServiceModel(Class<?> type) throws Exception {
        Object[] amazons = Class.forName(MODEL + type.getSimpleName()).getEnumConstants();
        assertThat(Arrays.stream(type.getEnumConstants()).map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(amazons)
                        .map(Object::toString)
                        .filter(name -> !"null".equals(name))
                        .toList());
    }

    @Test
    void everythingThatAnApiCanContainHasARecord() throws Exception {
        Set<String> reachable = new TreeSet<>();
        for (String root : List.of(
                "RestApi",
                "Resource",
                "Model",
                "RequestValidator",
                "Authorizer",
                "GatewayResponse",
                "Deployment",
                "Stage",
                "UsagePlan",
                "UsagePlanKey",
                "ApiKey",
                "DomainName",
                "BasePathMapping",
                "VpcLink",
                "ClientCertificate",
                "DocumentationPart",
                "DocumentationVersion",
                "DomainNameAccessAssociation")) {
            collect(pojo(root), reachable);
        }
        Set<String> records = records().map(Class::getSimpleName).collect(Collectors.toSet());
        assertThat(records).containsAll(reachable);
    }

    private static void collect(SdkPojo pojo, Set<String> names) throws Exception {
        if (!names.add(pojo.getClass().getSimpleName())) {
            return;
        }
        for (var accessor : pojo.getClass().getDeclaredMethods()) {
            if (accessor.getParameterCount() != 0 || accessor.getName().equals("toBuilder")) {
                continue;
            }
            String signature = accessor.getGenericReturnType().toString();
            for (String word : signature.split("[<>, ]+")) {
                if (word.startsWith(MODEL) && !word.contains("$")) {
                    Class<?> type = Class.forName(word);
                    if (SdkPojo.class.isAssignableFrom(type)) {
                        collect(pojo(type.getSimpleName()), names);
                    }
                }
            }
        }
    }

    private static List<SdkField<?>> fields(Class<?> record) throws Exception {
        return pojo(NAMES_OF_AMAZON.getOrDefault(record.getSimpleName(), record.getSimpleName()))
                .sdkFields();
    }

    private static SdkPojo pojo(String name) throws Exception {
        Object builder = Class.forName(MODEL + name).getMethod("builder").invoke(null);
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    /** Enums are texts to the SDK, records are pojos, and a primitive is its box. */
    private static Object kind(Class<?> type) {
        if (type.isEnum()) {
            return String.class;
        }
        if (type.isRecord()) {
            return SdkPojo.class;
        }
        Map<Class<?>, Class<?>> boxes =
                Map.of(boolean.class, Boolean.class, int.class, Integer.class, double.class, Double.class);
        return Set.of(String.class, Boolean.class, Integer.class, Double.class, Instant.class, List.class, Map.class)
                        .contains(type)
                ? type
                : boxes.getOrDefault(type, type);
    }

    private static Stream<Class<?>> ours() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ApiDefinition.class.getPackageName())
                        .stream()
                        .filter(JavaClass::isTopLevelClass)
                        .map(JavaClass::reflect);
    }
}
