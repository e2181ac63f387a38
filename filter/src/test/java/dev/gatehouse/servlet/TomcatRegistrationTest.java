package dev.gatehouse.servlet;

final class TomcatRegistrationTest extends RegistrationContract {

    @Override
    EmbeddedServer.Kind container() {
        return TomcatServer::new;
    }
}
