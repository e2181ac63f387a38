package dev.gatehouse.engine.template;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.Uberspect;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;

/**
 * What is left of Velocity's reflection: writing to an element of a map or list. Reading goes through {@link Members} and never
 * comes here.
 */
final class ClosedUberspect implements Uberspect {

    @Override
    public void init() {}

    @Override
    public Iterator<?> getIterator(Object value, Info info) {
        return value instanceof Iterator<?> iterator ? iterator : Collections.emptyIterator();
    }

    @Override
    public VelMethod getMethod(Object target, String name, Object[] arguments, Info info) {
        if (target instanceof Map<?, ?> map && name.equals("put") && arguments.length == 2) {
            return new Write(name, map);
        }
        if (target instanceof List<?> list && name.equals("set") && arguments.length == 2) {
            return new Write(name, list);
        }
        return target instanceof List<?> && name.equals("size") && arguments.length == 0
                ? new Write(name, target)
                : null;
    }

    @Override
    public VelPropertyGet getPropertyGet(Object target, String name, Info info) {
        return null;
    }

    @Override
    public VelPropertySet getPropertySet(Object target, String name, Object value, Info info) {
        return target instanceof Map<?, ?> map ? new WriteMember(name, map) : null;
    }

    private record Write(String name, Object target) implements VelMethod {

        @Override
        public Object invoke(Object ignored, Object[] arguments) {
            if (target instanceof Map<?, ?> map) {
                return CollectionMembers.writable(map).put(Text.of(arguments[0]), arguments[1]);
            }
            List<Object> list = CollectionMembers.writable((List<?>) target);
            if (name.equals("size")) {
                return list.size();
            }
            return arguments[0] instanceof Number index ? list.set(index.intValue(), arguments[1]) : null;
        }

        @Override
        public boolean isCacheable() {
            return false;
        }

        @Override
        public String getMethodName() {
            return name;
        }

        @Override
        public Method getMethod() {
            return null;
        }

        @Override
        public Class<?> getReturnType() {
            return Object.class;
        }
    }

    private record WriteMember(String name, Map<?, ?> target) implements VelPropertySet {

        @Override
        public Object invoke(Object ignored, Object value) {
            return CollectionMembers.writable(target).put(name, value);
        }

        @Override
        public boolean isCacheable() {
            return false;
        }

        @Override
        public String getMethodName() {
            return "put";
        }
    }
}
