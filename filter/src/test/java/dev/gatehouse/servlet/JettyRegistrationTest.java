package dev.gatehouse.servlet;

final class JettyRegistrationTest extends RegistrationContract {

    @Override
    EmbeddedServer.Kind container() {
        return JettyServer::new;
    }
}
