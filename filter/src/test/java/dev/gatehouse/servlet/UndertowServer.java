package dev.gatehouse.servlet;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Consumer;

final class UndertowServer implements EmbeddedServer {

    private final DeploymentManager deployment;
    private final Undertow server;

    UndertowServer(Consumer<ServletContext> application) throws Exception {
        this(CONTEXT_PATH, application);
    }

    /** @param contextPath empty for the root */
    UndertowServer(String contextPath, Consumer<ServletContext> application) throws Exception {
        this(contextPath, application, false, false);
    }

    /** One that speaks HTTP/2 without TLS, too. */
    static EmbeddedServer withHttpTwo(Consumer<ServletContext> application) throws Exception {
        return new UndertowServer(CONTEXT_PATH, application, false, true);
    }

    /** One that lets through whatever it can be told to. */
    static EmbeddedServer lenient(String contextPath, Consumer<ServletContext> application) throws Exception {
        return new UndertowServer(contextPath, application, true, false);
    }

    private UndertowServer(String contextPath, Consumer<ServletContext> application, boolean lenient, boolean httpTwo)
            throws Exception {
        ServletContainerInitializer initializer = (classes, started) -> application.accept(started);
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                .setDeploymentName("shop.war")
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        initializer.getClass().asSubclass(ServletContainerInitializer.class),
                        new ImmediateInstanceFactory<>(initializer),
                        Set.of()));
        deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.DECODE_SLASH, lenient)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, httpTwo)
                .setIoThreads(1)
                .setWorkerThreads(THREADS)
                .setHandler(
                        Handlers.path().addPrefixPath(contextPath.isEmpty() ? "/" : contextPath, deployment.start()))
                .build();
        server.start();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        deployment.stop();
        deployment.undeploy();
    }
}
