package dev.gatehouse.engine.signature;

/**
 * How a path enters the canonical request. Source: AWS Identity and Access Management user guide, "Create a signed AWS API
 * request", step 1: every service but S3 encodes path segments once more and normalises the path (RFC 3986).
 */
enum PathRule {
    /** Dot segments and repeated slashes removed, each segment percent-encoded again. */
    NORMALISED_AND_ENCODED_AGAIN {
        @Override
        String canonical(String rawPath) {
            return PercentEncoding.encodeKeepingSlashes(normalise(rawPath));
        }
    },
    /** The path as it goes over the wire: an object key may hold dots and double slashes. */
    AS_SENT {
        @Override
        String canonical(String rawPath) {
            return rawPath;
        }
    };

    /** @param rawPath begins with a slash */
    abstract String canonical(String rawPath);

    /** @param service signing name, such as {@code lambda} */
    static PathRule of(String service) {
        return service.equals("s3") || service.startsWith("s3-") || service.equals("s3express")
                ? AS_SENT
                : NORMALISED_AND_ENCODED_AGAIN;
    }

    /** @return the same object where there is nothing to remove */
    static String normalise(String rawPath) {
        if (!rawPath.contains("//") && !rawPath.contains("/.")) {
            return rawPath;
        }
        StringBuilder kept = new StringBuilder(rawPath.length());
        for (String segment : rawPath.split("/")) {
            if (segment.equals("..")) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.append('/').append(segment);
            }
        }
        if (kept.length() == 0 || rawPath.endsWith("/")) {
            kept.append('/');
        }
        return kept.toString();
    }
}
