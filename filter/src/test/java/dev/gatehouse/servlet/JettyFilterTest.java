package dev.gatehouse.servlet;

final class JettyFilterTest extends FilterContract {

    @Override
    EmbeddedServer.Kind container() {
        return JettyServer::new;
    }
}
