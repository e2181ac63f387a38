package dev.gatehouse.servlet;

final class TomcatFilterTest extends FilterContract {

    @Override
    EmbeddedServer.Kind container() {
        return TomcatServer::new;
    }
}
