package dev.gatehouse.controlplane.sdk;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * A parameter of GetSdk and what its value must look like. Values become names of classes, packages and files, so each has a
 * pattern that leaves nothing to escape.
 *
 * @param aliases other names that callers use for it: Amazon's service model and its guide do not agree
 */
record SdkParameter(SdkConfigurationProperty shown, List<String> aliases, Pattern pattern) {

    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
    static final Pattern LETTERS = Pattern.compile("[A-Za-z]{1,64}");
    static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    static final Pattern PACKAGE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}(\\.[A-Za-z][A-Za-z0-9_]{0,63}){0,15}");
    static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\\.[A-Za-z0-9_-]{1,64}){0,15}");
    static final Pattern GEM = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    static final Pattern GEM_VERSION = Pattern.compile("[0-9]{1,9}(\\.[0-9a-zA-Z]{1,16}){0,5}");
    private static final Pattern URL =
            Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~:@%+,=-]+)*/?");

    /** Of every type, and not of Amazon's: where the client finds the stage. */
    static final SdkParameter INVOKE_URL = optional(
            "invoke.url",
            "invokeUrl",
            "Invoke URL",
            "Where the client sends its requests: an http or https URL without query",
            null,
            URL);

    SdkParameter {
        Objects.requireNonNull(shown, "shown");
        aliases = List.copyOf(aliases);
        Objects.requireNonNull(pattern, "pattern");
    }

    static SdkParameter required(String name, String alias, String friendlyName, String description, Pattern pattern) {
        return of(new SdkConfigurationProperty(name, friendlyName, description, true, null), alias, pattern);
    }

    static SdkParameter optional(
            String name, String alias, String friendlyName, String description, String defaultValue, Pattern pattern) {
        return of(new SdkConfigurationProperty(name, friendlyName, description, false, defaultValue), alias, pattern);
    }

    private static SdkParameter of(SdkConfigurationProperty shown, String alias, Pattern pattern) {
        return new SdkParameter(shown, shown.name().equals(alias) ? List.of() : List.of(alias), pattern);
    }

    String name() {
        return shown.name();
    }

    boolean isCalled(String word) {
        return name().equals(word) || aliases.contains(word);
    }

    boolean takes(String value) {
        return pattern.matcher(value).matches() && (pattern != PACKAGE || SourceVersion.isName(value));
    }
}
