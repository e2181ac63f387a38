package dev.gatehouse.cdi;

import dev.gatehouse.DocumentSource;
import dev.gatehouse.configuration.GatehouseConfiguration;
import dev.gatehouse.controlplane.store.DefinitionStore;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds what beans have to say to the gateway. All that is wrong with it is reported at once, when all beans are known. */
public class GatehouseExtension implements Extension {

    /** By class name, so that problems come in the same order on every start. */
    private final Map<String, FunctionBean> declared = new TreeMap<>();

    void remember(@Observes @WithAnnotations(LambdaFunction.class) ProcessAnnotatedType<?> event) {
        AnnotatedType<?> type = event.getAnnotatedType();
        LambdaFunction function = type.getAnnotation(LambdaFunction.class);
        if (function != null) {
            declared.put(type.getJavaClass().getName(), new FunctionBean(type.getJavaClass(), function, null));
        }
    }

    void remember(@Observes ProcessManagedBean<?> event) {
        LambdaFunction function = event.getAnnotated().getAnnotation(LambdaFunction.class);
        if (function != null) {
            Class<?> type = event.getBean().getBeanClass();
            declared.put(type.getName(), new FunctionBean(type, function, event.getBean()));
        }
    }

    void validate(@Observes AfterDeploymentValidation event, BeanManager beans) {
        List<String> mistakes = new ArrayList<>();
        declared.values().forEach(function -> mistakes.addAll(function.mistakes()));
        mistakes.addAll(sharedNames());
        ambiguous(GatehouseConfiguration.class, beans, mistakes);
        ambiguous(DocumentSource.class, beans, mistakes);
        ambiguous(DefinitionStore.class, beans, mistakes);
        mistakes.forEach(mistake -> event.addDeploymentProblem(problem(mistake)));
    }

    /** The functions of this application: those that the container made beans of. */
    Collection<FunctionBean> functions() {
        return declared.values().stream()
                .filter(function -> function.bean() != null)
                .toList();
    }

    /** Without a stack trace: a container prints it with each problem, and it tells nothing of the mistake. */
    private static DeploymentException problem(String mistake) {
        DeploymentException problem = new DeploymentException(mistake);
        problem.setStackTrace(new StackTraceElement[0]);
        return problem;
    }

    private static void ambiguous(Class<?> type, BeanManager beans, List<String> mistakes) {
        Set<Bean<?>> found = beans.getBeans(type);
        try {
            beans.resolve(found);
        } catch (AmbiguousResolutionException e) {
            mistakes.add("the gateway needs one bean of type " + type.getSimpleName() + " at most, but there are "
                    + found.stream().map(Bean::toString).sorted().collect(Collectors.joining(" and ")));
        }
    }

    private List<String> sharedNames() {
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (FunctionBean function : functions()) {
            owners.computeIfAbsent(function.declared().value(), name -> new ArrayList<>())
                    .add(function.type().getName());
        }
        List<String> mistakes = new ArrayList<>();
        owners.forEach((name, classes) -> {
            if (classes.size() > 1) {
                mistakes.add(
                        "@LambdaFunction(\"" + name + "\") is on more than one bean: " + String.join(", ", classes));
            }
        });
        return mistakes;
    }
}
