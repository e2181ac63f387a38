package dev.gatehouse.servlet;

/** Tomcat with what version 11 changed by default and a filter can notice. */
final class TomcatElevenFilterTest extends FilterContract {

    @Override
    EmbeddedServer.Kind container() {
        return application -> new TomcatServer(application, true);
    }
}
