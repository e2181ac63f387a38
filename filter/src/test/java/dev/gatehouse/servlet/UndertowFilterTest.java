package dev.gatehouse.servlet;

final class UndertowFilterTest extends FilterContract {

    @Override
    EmbeddedServer.Kind container() {
        return UndertowServer::new;
    }
}
