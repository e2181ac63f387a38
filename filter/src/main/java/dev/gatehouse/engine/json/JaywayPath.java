package dev.gatehouse.engine.json;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.mapper.MappingException;
import com.jayway.jsonpath.spi.mapper.MappingProvider;

/** Everything a path can be: wildcards, slices, scans, filters, functions. */
final class JaywayPath extends JsonQuery {

    private final JsonPath compiled;

    private JaywayPath(String path, JsonPath compiled) {
        super(path);
        this.compiled = compiled;
    }

    static JaywayPath parse(String path) {
        if (path.contains("=~")) {
            throw new InvalidJsonPathException("JSONPath " + path + ": regular expressions are not supported");
        }
        try {
            return new JaywayPath(path, JsonPath.compile(path));
        } catch (JsonPathException | IllegalArgumentException | StackOverflowError e) {
            throw new InvalidJsonPathException("JSONPath " + path + ": " + e.getMessage());
        }
    }

    @Override
    public Object read(Object root, Runnable look) {
        if (root == null) {
            return compiled.isDefinite() ? MISSING : new JsonArray();
        }
        Configuration budgeted = Configuration.builder()
                .jsonProvider(new TreeProvider(path(), look))
                .mappingProvider(NoMapping.INSTANCE)
                .build();
        try {
            return compiled.read(root, budgeted);
        } catch (JsonPathException | IllegalArgumentException | ClassCastException nowhere) {
            return compiled.isDefinite() ? MISSING : new JsonArray();
        } catch (StackOverflowError e) {
            throw new QueryLimitException(path());
        }
    }

    /** Our trees are Java values already. Naming one also keeps Jayway from loading its default, json-smart. */
    private enum NoMapping implements MappingProvider {
        INSTANCE;

        @Override
        public <T> T map(Object source, Class<T> type, Configuration configuration) {
            throw new MappingException("no mapping");
        }

        @Override
        public <T> T map(Object source, TypeRef<T> type, Configuration configuration) {
            throw new MappingException("no mapping");
        }
    }
}
