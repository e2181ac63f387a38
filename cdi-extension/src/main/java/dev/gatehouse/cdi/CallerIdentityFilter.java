package dev.gatehouse.cdi;

import dev.gatehouse.http.CallerPrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.authz.RoleMapper;
import org.wildfly.security.authz.Roles;

/**
 * Tells WildFly whom the gateway has found out, so that not only the request knows: {@code SecurityContext}, an injected
 * {@code Principal}, and {@code @RolesAllowed} of enterprise beans. Elsewhere, and for a caller whom nobody knows, it does nothing.
 *
 * <p>The module's {@code web-fragment.xml} declares it, and its manifest asks WildFly for Elytron.
 */
public final class CallerIdentityFilter implements Filter {

    private final boolean elytron = isElytronHere();

    /** For the container. */
    public CallerIdentityFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (elytron && ((HttpServletRequest) request).getUserPrincipal() instanceof CallerPrincipal caller) {
            OfElytron.run(caller, () -> {
                chain.doFilter(request, response);
                return null;
            });
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isElytronHere() {
        try {
            Class.forName(
                    "org.wildfly.security.auth.server.SecurityDomain",
                    false,
                    CallerIdentityFilter.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException elsewhere) {
            return false;
        }
    }

    /** Apart, so that no other container ever loads it. */
    private static final class OfElytron {

        /** As an identity without an entry in any realm: who it is, the gateway has proven. */
        static void run(CallerPrincipal caller, Callable<Void> rest) throws IOException, ServletException {
            SecurityDomain domain = SecurityDomain.getCurrent();
            try {
                if (domain == null) {
                    rest.call();
                    return;
                }
                SecurityIdentity known = domain.createAdHocIdentity(caller)
                        .withDefaultRoleMapper(RoleMapper.constant(Roles.fromSet(caller.roles())));
                known.runAs(rest);
            } catch (IOException | ServletException | RuntimeException thrown) {
                throw thrown;
            } catch (Exception thrown) {
                throw new ServletException(thrown);
            }
        }
    }
}
