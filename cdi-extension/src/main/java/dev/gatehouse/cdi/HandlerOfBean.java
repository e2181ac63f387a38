package dev.gatehouse.cdi;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Calls a bean as a Lambda handler with the request scope active, for the gateway calls handlers on threads of its own.
 *
 * @param scopes gives each call a controller of its own: a controller remembers whether it was the one that activated
 */
record HandlerOfBean(Object bean, Instance<RequestContextController> scopes) implements InvocationHandler {

    /** @return an object that implements {@code handlerInterface} */
    static Object of(Class<?> handlerInterface, Object bean, Instance<RequestContextController> scopes) {
        return Proxy.newProxyInstance(
                handlerInterface.getClassLoader(), new Class<?>[] {handlerInterface}, new HandlerOfBean(bean, scopes));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        // the handle gives the controller back, which would else be kept as long as the application lives
        try (Instance.Handle<RequestContextController> scope = scopes.getHandle()) {
            boolean activated = scope.get().activate();
            try {
                return method.invoke(bean, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                if (activated) {
                    scope.get().deactivate();
                }
            }
        }
    }
}
