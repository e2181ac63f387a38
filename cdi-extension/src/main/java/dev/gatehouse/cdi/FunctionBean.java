package dev.gatehouse.cdi;

import dev.gatehouse.configuration.FunctionConfiguration.FunctionName;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A class under {@link LambdaFunction} and, where the container made one of it, its bean.
 *
 * @param bean null where the container did not take the class for a bean
 */
record FunctionBean(Class<?> type, LambdaFunction declared, Bean<?> bean) {

    /** Known by name: the application may come without {@code aws-lambda-java-core} as long as it has no function. */
    private static final Set<String> HANDLERS = Set.of(
            "com.amazonaws.services.lambda.runtime.RequestHandler",
            "com.amazonaws.services.lambda.runtime.RequestStreamHandler");

    /** The interface of Lambda that the class implements; empty unless it is exactly one. */
    Optional<Class<?>> handlerInterface() {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> implemented : interfaces()) {
            if (HANDLERS.contains(implemented.getName())) {
                found.add(implemented);
            }
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The bean type by which to refer to the bean: that interface, of which CDI can make a proxy for any class. */
    Optional<Type> handlerType() {
        return handlerInterface()
                .flatMap(handler -> bean.getTypes().stream()
                        .filter(type -> type == handler
                                || type instanceof ParameterizedType generic && generic.getRawType() == handler)
                        .findFirst());
    }

    /** What is wrong with the declaration, seen alone: sentences that name the class. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        try {
            FunctionName.parse(declared.value());
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    named("\"" + declared.value() + "\" is neither a function name of 1 to 64 letters, digits, hyphens"
                            + " and underscores nor a function ARN"));
        }
        if (declared.timeout() < 1 || declared.timeout() > 900) {
            mistakes.add(named("timeout is " + declared.timeout() + ", not 1 to 900 seconds"));
        }
        if (declared.memorySize() < 128 || declared.memorySize() > 10240) {
            mistakes.add(named("memorySize is " + declared.memorySize() + ", not 128 to 10240 MB"));
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            mistakes.add(named("the type is abstract; annotate the class that implements it"));
        } else if (handlerInterface().isEmpty()) {
            mistakes.add(named("the class must implement RequestHandler or RequestStreamHandler, and not both"));
        } else if (bean != null && handlerType().isEmpty()) {
            mistakes.add(named("@Typed leaves out "
                    + handlerInterface().orElseThrow().getSimpleName() + ", by which the gateway calls the bean"));
        }
        return mistakes;
    }

    String named(String mistake) {
        return "@LambdaFunction on " + type.getName() + ": " + mistake;
    }

    private Set<Class<?>> interfaces() {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            collect(each, all);
        }
        return all;
    }

    private static void collect(Class<?> from, Set<Class<?>> into) {
        for (Class<?> direct : from.getInterfaces()) {
            if (into.add(direct)) {
                collect(direct, into);
            }
        }
    }
}
