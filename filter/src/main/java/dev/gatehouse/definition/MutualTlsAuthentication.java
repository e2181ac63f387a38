package dev.gatehouse.definition;

import java.util.List;

/**
 * The certificates that a custom domain name accepts from callers.
 *
 * @param truststoreVersion may be null
 */
public record MutualTlsAuthentication(String truststoreUri, String truststoreVersion, List<String> truststoreWarnings) {

    public MutualTlsAuthentication {
        truststoreWarnings = Frozen.list(truststoreWarnings);
    }
}
