package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Hides from Tomcat that its own response is behind ours. Since version 11 a forward there ends with the client's response being
 * suspended, through any wrapper (context attribute {@code suspendWrappedResponseAfterForward}): what we still hold, or what the
 * gateway is going to answer, would be lost without an error. Other containers insist on finding their own response.
 */
final class VeiledResponse {

    private static final String TOMCAT = "org.apache.catalina.connector.ResponseFacade";

    private VeiledResponse() {}

    /** @return the same response in every container but Tomcat */
    static HttpServletResponse of(HttpServletResponse response) {
        if (!response.getClass().getName().equals(TOMCAT)) {
            return response;
        }
        return (HttpServletResponse) Proxy.newProxyInstance(
                VeiledResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(response, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
