package dev.gatehouse.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;

/** Follows the references to secrets. No message here shows a value. */
final class Secrets {

    private final SecretSource source;
    private final Problems problems;

    Secrets(SecretSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** @return the secret; null where nothing refers to one or it is not there, which is then noted */
    String value(Found reference) {
        if (reference == null) {
            return null;
        }
        Found env = reference.get("env");
        Found property = reference.get("property");
        Found path = reference.get("file");
        Found jndi = reference.get("jndi");
        if (jndi != null) {
            return jndi(jndi);
        }
        if (env != null) {
            return present(
                    env, "environment variable", source.environment(text(env)).orElse(null));
        }
        if (property != null) {
            return present(
                    property, "system property", source.property(text(property)).orElse(null));
        }
        return path == null ? null : file(path);
    }

    private String file(Found path) {
        try {
            return present(path, "file", source.file(text(path)));
        } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
            problems.add(
                    path.place(),
                    "the file " + ShapeReader.quote(text(path)) + " cannot be read: "
                            + unreadable.getClass().getSimpleName());
            return null;
        }
    }

    private String jndi(Found name) {
        try {
            return present(name, "JNDI entry", source.jndi(text(name)).orElse(null));
        } catch (IOException unreadable) {
            problems.add(
                    name.place(),
                    "the JNDI entry " + ShapeReader.quote(text(name)) + " cannot be read: " + unreadable.getMessage());
            return null;
        }
    }

    private String present(Found reference, String kind, String value) {
        if (value == null || value.isEmpty()) {
            problems.add(
                    reference.place(),
                    "the " + kind + ' ' + ShapeReader.quote(text(reference))
                            + (value == null ? " is not set" : " is empty"));
            return null;
        }
        return value;
    }

    private static String text(Found reference) {
        return (String) reference.value();
    }
}
