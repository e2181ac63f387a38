package dev.gatehouse.sample.wildfly;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Under a constraint of the container, which looks at what the client has asked for, before any filter. */
@WebServlet("/v1/members/cabin")
@ServletSecurity(@HttpConstraint(rolesAllowed = "gold"))
public class CaptainsCabin extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("come in, " + request.getRemoteUser());
    }
}
