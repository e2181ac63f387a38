package dev.gatehouse.configuration;

import dev.gatehouse.definition.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads {@code gatehouse.yaml}: see {@code docs/reference/configuration.md} for its keys. Nothing is loaded, called or looked
 * up on behalf of the file but the secrets it refers to. A file that is wrong gives every problem at once; one that is no
 * YAML, or a trap (over 1 MiB, nested beyond 20 levels, aliases without end), gives the one problem that stopped the reading.
 */
public final class ConfigurationFile {

    static final int MAX_BYTES = 1024 * 1024;
    static final int MAX_DEPTH = 20;
    static final int MAX_ALIASES = 50;

    private ConfigurationFile() {}

    /**
     * @param name what problems call the file
     * @throws IOException where the stream cannot be read; it is left open
     */
    public static ReadResult read(String name, InputStream file, SecretSource secrets) throws IOException {
        return read(name, file.readNBytes(MAX_BYTES + 1), secrets);
    }

    /** @param name what problems call the file */
    public static ReadResult read(String name, byte[] file, SecretSource secrets) {
        if (file.length > MAX_BYTES) {
            return unreadable(name, "the file is over 1 MiB");
        }
        Problems problems = new Problems();
        Node root;
        try {
            root = compose(text(file));
        } catch (CharacterCodingException notUtf8) {
            return unreadable(name, "the file is not UTF-8");
        } catch (ReaderException strange) {
            return unreadable(
                    name,
                    "the file has the character U+%04X at position %d, which YAML does not allow"
                            .formatted(strange.getCodePoint(), strange.getPosition()));
        } catch (MarkedYAMLException broken) {
            problems.add(place(name, broken), "this is no YAML: " + sentence(broken));
            return new ReadResult.Rejected(problems.inOrder());
        } catch (YAMLException | IllegalArgumentException trap) {
            // the second for a tag with blanks, which the library does not expect of its own parser
            return unreadable(name, "this is no YAML that can be read: " + trap.getMessage());
        }
        if (root == null || root.getTag().equals(Tag.NULL)) {
            return unreadable(name, "the file is empty");
        }
        Found found = new ShapeReader(name, problems).read(root, FileShape.FILE, "");
        GatehouseConfiguration configuration =
                found == null ? null : new Assembly(found, secrets, problems).configuration();
        return problems.isEmpty() ? new ReadResult.Read(configuration) : new ReadResult.Rejected(problems.inOrder());
    }

    private static String text(byte[] file) throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file));
        return text.length() > 0 && text.charAt(0) == '\uFEFF'
                ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    /** The tree of nodes, which know their lines; no objects are made of them. */
    private static Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        return new Composer(new ParserImpl(new StreamReader(text), options), new PlainScalars(), options)
                .getSingleNode();
    }

    private static Place place(String name, MarkedYAMLException broken) {
        return broken.getProblemMark() == null
                ? new Place(name, 1, 1, "")
                : Place.of(name, broken.getProblemMark(), "");
    }

    private static String sentence(MarkedYAMLException broken) {
        return broken.getContext() == null ? broken.getProblem() : broken.getContext() + ", " + broken.getProblem();
    }

    private static ReadResult unreadable(String name, String message) {
        return new ReadResult.Rejected(List.of(Problem.error(name, "", message)));
    }
}
