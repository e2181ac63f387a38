package dev.gatehouse.sample.wildfly;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.security.Principal;

/** What the parts of Jakarta EE say of the caller, and what they allow. */
@Path("log-book")
public class LogBookResource {

    @Context
    jakarta.ws.rs.core.SecurityContext ofRest;

    @Inject
    SecurityContext ofSecurity;

    @Inject
    Principal injected;

    @Inject
    LogBook book;

    @GET
    @Path("who")
    @PermitAll
    public String who() {
        return String.join(
                " ",
                ofRest.getUserPrincipal().getName(),
                ofRest.getAuthenticationScheme(),
                ofSecurity.getCallerPrincipal().getName(),
                ofSecurity.isCallerInRole("gold") + "/" + ofSecurity.isCallerInRole("captain"),
                injected.getName(),
                book.reader(),
                book.forMembers(),
                refused());
    }

    @GET
    @Path("members")
    @RolesAllowed("gold")
    public String members() {
        return "for members";
    }

    @GET
    @Path("captains")
    @RolesAllowed("captain")
    public String captains() {
        return "for captains";
    }

    private String refused() {
        try {
            return book.forCaptains();
        } catch (EJBAccessException expected) {
            return "refused";
        }
    }
}
