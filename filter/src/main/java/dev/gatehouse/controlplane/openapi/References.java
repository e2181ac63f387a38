package dev.gatehouse.controlplane.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** Follows {@code $ref} to a parameter, a response or a request body of the same document. */
final class References {

    static final String LOCAL_ONLY = "only references within the document ('#/...') are followed";

    private References() {}

    /**
     * @param section where the target must be, such as {@code #/parameters/}
     * @return the place itself if it is no reference; its target otherwise; null, and an error, if there is none
     */
    static Cursor resolve(Cursor place, String section) {
        Set<String> visited = new LinkedHashSet<>();
        Cursor current = place;
        while (current.at("$ref").isPresent()) {
            String reference = current.at("$ref").text();
            if (reference == null) {
                return null;
            }
            if (!reference.startsWith("#")) {
                current.at("$ref").error(LOCAL_ONLY);
                return null;
            }
            if (!reference.startsWith(section)) {
                current.at("$ref").error("must refer to " + section + "<name>");
                return null;
            }
            if (!visited.add(reference)) {
                current.at("$ref").error("refers to itself: " + Texts.cut(String.join(" -> ", visited)));
                return null;
            }
            Cursor target = place.root();
            for (String token : reference.substring(2).split("/")) {
                target = target.at(unescape(token));
            }
            if (!target.isPresent()) {
                current.at("$ref").error("there is no '" + Texts.cut(reference) + "'");
                return null;
            }
            current = target;
        }
        return current;
    }

    /** A token of a JSON pointer in a URI fragment. */
    static String unescape(String token) {
        String decoded = token;
        if (token.indexOf('%') >= 0) {
            try {
                decoded = URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return token;
            }
        }
        return decoded.replace("~1", "/").replace("~0", "~");
    }
}
