package dev.gatehouse.configuration;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What an unquoted word is: the core schema of YAML 1.2, which editors go by as well. So {@code on} and {@code 1:30} are text,
 * {@code 010} is ten and {@code <<} is a key like any other.
 */
final class PlainScalars extends Resolver {

    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern FRACTION =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
        addImplicitResolver(Tag.NULL, NOTHING, null);
        addImplicitResolver(Tag.BOOL, FLAG, "tTfF");
        addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, FRACTION, "-+.0123456789");
    }
}
