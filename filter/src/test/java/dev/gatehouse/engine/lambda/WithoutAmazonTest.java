package dev.gatehouse.engine.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;

/** A web application without aws-lambda-java-core, played by a class loader that knows nothing of it. */
class WithoutAmazonTest {

    public static final class Check {

        private Check() {}

        public static String run() {
            InProcessFunctions.Settings settings = InProcessFunctions.Settings.of("eu-central-1", "123456789012");
            try (FunctionThreads threads = new FunctionThreads()) {
                InProcessFunctions functions =
                        new InProcessFunctions(settings, threads, () -> java.time.Instant.EPOCH, () -> "id");
                LambdaFunction fails = (payload, context) -> {
                    throw new IllegalStateException("own error");
                };
                functions.register("own", fails);
                LambdaCall call =
                        LambdaCall.of(FunctionName.parse("own"), new byte[0], java.time.Duration.ofSeconds(20));
                return new String(
                        functions.invoke(call).toCompletableFuture().join().payload());
            }
        }

        public static void registerText() {
            InProcessFunctions.Settings settings = InProcessFunctions.Settings.of("eu-central-1", "123456789012");
            try (FunctionThreads threads = new FunctionThreads()) {
                InProcessFunctions functions =
                        new InProcessFunctions(settings, threads, () -> java.time.Instant.EPOCH, () -> "id");
                functions.register("text", "no function");
            }
        }
    }

    @Test
    void functionsOfOurOwnKindRun() throws Exception {
        assertThat((String) isolated().getMethod("run").invoke(null)).contains("own error");
    }

    @Test
    void anythingElseIsRefusedWithTheReason() throws Exception {
        Class<?> check = isolated();

        assertThat(catchThrowable(() -> check.getMethod("registerText").invoke(null)))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "java.lang.String is no LambdaFunction or StreamingFunction, and aws-lambda-java-core is not on the class path");
    }

    private static Class<?> isolated() throws ClassNotFoundException {
        return new Isolated().loadClass(Check.class.getName());
    }

    private static final class Isolated extends ClassLoader {

        private Isolated() {
            super(WithoutAmazonTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.amazonaws.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.gatehouse.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
