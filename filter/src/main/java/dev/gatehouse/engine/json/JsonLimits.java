package dev.gatehouse.engine.json;

/**
 * How much a document may ask of us. Anything above is refused as {@link MalformedJsonException} while it is read.
 *
 * @param depth nested objects and arrays, 1 or more; what is read can be walked recursively up to this depth
 * @param numberLength characters of one number, 1 or more
 * @param exponent how far the decimal point of a number may be moved, either way: arithmetic on {@code 1e1000000000}
 *     would need a gigabyte
 * @param stringLength characters of one string, 1 or more
 */
public record JsonLimits(int depth, int numberLength, int exponent, int stringLength) {

    /** 512 levels; numbers of 1,000 characters and 1,000 places; strings as long as Amazon's largest payload, 10 MB. */
    public static final JsonLimits DEFAULT = new JsonLimits(512, 1_000, 1_000, 10 * 1024 * 1024);

    public JsonLimits {
        if (depth < 1 || numberLength < 1 || exponent < 1 || stringLength < 1) {
            throw new IllegalArgumentException("limits must be 1 or more");
        }
    }
}
