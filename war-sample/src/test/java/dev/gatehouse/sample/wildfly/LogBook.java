package dev.gatehouse.sample.wildfly;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** An enterprise bean that goes by the roles of its caller. */
@Stateless
public class LogBook {

    @Resource
    SessionContext context;

    @PermitAll
    public String reader() {
        return context.getCallerPrincipal().getName();
    }

    @RolesAllowed("gold")
    public String forMembers() {
        return "read";
    }

    @RolesAllowed("captain")
    public String forCaptains() {
        return "written";
    }
}
