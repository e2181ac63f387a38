package dev.gatehouse.servlet;

import jakarta.servlet.ServletContext;
import java.util.function.Consumer;

/** A container in this JVM, on an ephemeral port of 127.0.0.1, with one web application. */
interface EmbeddedServer {

    /** Few, so that a test notices when one is held. */
    int THREADS = 16;

    String CONTEXT_PATH = "/shop";

    int port();

    void close() throws Exception;

    interface Kind {
        /** @param application registers filters and servlets while the context starts */
        EmbeddedServer start(Consumer<ServletContext> application) throws Exception;
    }
}
