package dev.gatehouse.servlet;

final class UndertowRegistrationTest extends RegistrationContract {

    @Override
    EmbeddedServer.Kind container() {
        return UndertowServer::new;
    }
}
