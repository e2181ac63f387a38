package dev.gatehouse;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Databases that the container knows by a JNDI name. */
final class NamedDatabase {

    private NamedDatabase() {}

    /** @throws IllegalArgumentException where there is none of that name */
    static DataSource lookUp(String name) {
        try {
            Object found = new InitialContext().lookup(name);
            if (found instanceof DataSource database) {
                return database;
            }
            throw new IllegalArgumentException("what " + name + " names is no javax.sql.DataSource");
        } catch (NamingException e) {
            throw new IllegalArgumentException(
                    "nothing can be found under " + name + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
