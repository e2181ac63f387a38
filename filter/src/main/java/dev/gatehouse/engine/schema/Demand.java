package dev.gatehouse.engine.schema;

import dev.gatehouse.engine.pattern.BoundedPattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keywords of draft 4 that look at one value, with the messages that API Gateway has for them (recorded). */
record Demand(Set<JsonType> types, BiPredicate<Object, Check> test, BiFunction<Object, Check, String> message)
        implements Keyword {

    private static final Set<JsonType> STRING = Set.of(JsonType.STRING);
    private static final Set<JsonType> OBJECT = Set.of(JsonType.OBJECT);
    private static final Set<JsonType> ARRAY = Set.of(JsonType.ARRAY);

    @Override
    public boolean holds(Object value, Check check) {
        return test.test(value, check);
    }

    @Override
    public String violation(Object value, Check check) {
        return message.apply(value, check);
    }

    private static Keyword of(Set<JsonType> types, BiPredicate<Object, Check> test, Function<Object, String> message) {
        return new Demand(types, test, (value, check) -> message.apply(value));
    }

    /** @param allowed with {@code integer} where {@code number} is allowed */
    static Keyword type(Set<JsonType> allowed) {
        String words = JsonType.words(allowed);
        return of(
                JsonType.ALL,
                (value, check) -> allowed.contains(JsonType.of(value)),
                value -> "instance type (" + JsonType.of(value).word()
                        + ") does not match any allowed primitive type (allowed: " + words + ")");
    }

    static Keyword oneOfValues(List<?> values) {
        Set<String> forms = values.stream().map(Canonical::form).collect(Collectors.toCollection(HashSet::new));
        Set<JsonType> scalars = values.stream().map(JsonType::of).collect(Collectors.toSet());
        String possible = Shown.json(values);
        return of(
                JsonType.ALL,
                // a large object is not worth writing where only words are allowed
                (value, check) -> mayBe(value, scalars) && forms.contains(written(value, check)),
                value -> "instance value (" + Shown.json(value) + ") not found in enum (possible values: " + possible
                        + ")");
    }

    private static String written(Object value, Check check) {
        String form = Canonical.form(value);
        check.written(form.length());
        return form;
    }

    private static boolean mayBe(Object value, Set<JsonType> types) {
        JsonType type = JsonType.of(value);
        return types.contains(type)
                || JsonType.NUMERIC.contains(type) && types.stream().anyMatch(JsonType.NUMERIC::contains);
    }

    static Keyword minimum(Number limit, boolean exclusive) {
        String shown = Shown.json(limit);
        return of(
                JsonType.NUMERIC,
                (value, check) -> compare((Number) value, limit) >= (exclusive ? 1 : 0),
                value -> compare((Number) value, limit) == 0
                        ? "numeric instance is not strictly greater than the required minimum " + shown
                        : "numeric instance is lower than the required minimum (minimum: " + shown + ", found: "
                                + Shown.json(value) + ")");
    }

    static Keyword maximum(Number limit, boolean exclusive) {
        String shown = Shown.json(limit);
        return of(
                JsonType.NUMERIC,
                (value, check) -> compare((Number) value, limit) <= (exclusive ? -1 : 0),
                value -> compare((Number) value, limit) == 0
                        ? "numeric instance is not strictly lower than the required maximum " + shown
                        : "numeric instance is greater than the required maximum (maximum: " + shown + ", found: "
                                + Shown.json(value) + ")");
    }

    private static int compare(Number left, Number right) {
        return left instanceof Integer a && right instanceof Integer b
                ? Integer.compare(a, b)
                : Canonical.decimal(left).compareTo(Canonical.decimal(right));
    }

    static Keyword multipleOf(Number divisor) {
        BigDecimal exact = Canonical.decimal(divisor).stripTrailingZeros();
        return of(
                JsonType.NUMERIC,
                (value, check) -> isMultiple(Canonical.decimal((Number) value), exact.unscaledValue(), exact.scale()),
                value -> "remainder of division is not zero (" + Shown.json(value) + " / " + Shown.json(divisor) + ")");
    }

    /** Without writing out the zeros of {@code 1e1000}, of which a small body can have a million. */
    private static boolean isMultiple(BigDecimal value, BigInteger divisor, int scale) {
        BigInteger digits = value.unscaledValue();
        int zeros = scale - value.scale();
        if (zeros >= 0) {
            BigInteger rest = digits.mod(divisor);
            return rest.signum() == 0
                    || rest.multiply(BigInteger.TEN.modPow(BigInteger.valueOf(zeros), divisor))
                                    .mod(divisor)
                                    .signum()
                            == 0;
        }
        // so many digits behind the point have to be zeros, and a number has at least three bits for each
        boolean longEnough = digits.bitLength() > -3L * zeros;
        return digits.signum() == 0
                || longEnough
                        && digits.mod(divisor.multiply(BigInteger.TEN.pow(-zeros)))
                                        .signum()
                                == 0;
    }

    static Keyword minLength(int limit) {
        return of(
                STRING,
                (value, check) -> length(value) >= limit,
                value -> "string \"" + Shown.text(value) + "\" is too short (length: " + length(value)
                        + ", required minimum: " + limit + ")");
    }

    static Keyword maxLength(int limit) {
        return of(
                STRING,
                (value, check) -> length(value) <= limit,
                value -> "string \"" + Shown.text(value) + "\" is too long (length: " + length(value)
                        + ", maximum allowed: " + limit + ")");
    }

    private static int length(Object value) {
        String text = (String) value;
        return text.codePointCount(0, text.length());
    }

    static Keyword pattern(BoundedPattern pattern) {
        return of(
                STRING,
                (value, check) -> pattern.find((String) value, check.looks()),
                value ->
                        "ECMA 262 regex \"" + pattern + "\" does not match input string \"" + Shown.text(value) + "\"");
    }

    static Keyword minItems(int limit) {
        return of(
                ARRAY,
                (value, check) -> size(value) >= limit,
                value -> "array is too short: must have at least " + limit + " elements but instance has " + size(value)
                        + " elements");
    }

    static Keyword maxItems(int limit) {
        return of(
                ARRAY,
                (value, check) -> size(value) <= limit,
                value -> "array is too long: must have at most " + limit + " elements but instance has " + size(value)
                        + " elements");
    }

    static Keyword uniqueItems() {
        return of(
                ARRAY,
                (value, check) -> {
                    if (size(value) < 2) {
                        return true;
                    }
                    Set<String> seen = new HashSet<>(2 * size(value));
                    for (Object item : (Collection<?>) value) {
                        check.step();
                        if (!seen.add(written(item, check))) {
                            return false;
                        }
                    }
                    return true;
                },
                value -> "array must not contain duplicate elements");
    }

    static Keyword noFurtherItems(int limit) {
        return of(
                ARRAY,
                (value, check) -> size(value) <= limit,
                value -> "schema only allows " + limit + " elements in array but instance has " + size(value)
                        + " elements");
    }

    static Keyword minProperties(int limit) {
        return of(
                OBJECT,
                (value, check) -> size(value) >= limit,
                value -> "object has too few properties (found " + size(value) + " but schema requires at least "
                        + limit + ")");
    }

    static Keyword maxProperties(int limit) {
        return of(
                OBJECT,
                (value, check) -> size(value) <= limit,
                value -> "object has too many properties (found " + size(value) + " but schema requires at most "
                        + limit + ")");
    }

    private static int size(Object value) {
        return value instanceof Map<?, ?> object ? object.size() : ((Collection<?>) value).size();
    }

    static Keyword required(Collection<String> names) {
        String[] wanted = names.toArray(String[]::new);
        return of(
                OBJECT,
                (value, check) -> {
                    for (String name : wanted) {
                        if (!((Map<?, ?>) value).containsKey(name)) {
                            return false;
                        }
                    }
                    return true;
                },
                value -> "object has missing required properties (" + missing((Map<?, ?>) value, names) + ")");
    }

    private static String missing(Map<?, ?> object, Collection<String> names) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeIf(object::containsKey);
        return Shown.json(missing);
    }

    /** {@code additionalProperties: false}. */
    static Keyword noFurtherMembers(Set<String> named, Collection<BoundedPattern> matching) {
        return new Demand(
                OBJECT,
                (value, check) -> {
                    for (Object name : ((Map<?, ?>) value).keySet()) {
                        if (!named.contains(name) && unmatched((String) name, matching, check)) {
                            return false;
                        }
                    }
                    return true;
                },
                (value, check) -> {
                    Set<String> further = new TreeSet<>();
                    for (Object name : ((Map<?, ?>) value).keySet()) {
                        if (!named.contains(name) && unmatched((String) name, matching, check)) {
                            further.add((String) name);
                        }
                    }
                    return "object instance has properties which are not allowed by the schema: " + Shown.json(further);
                });
    }

    private static boolean unmatched(String name, Collection<BoundedPattern> patterns, Check check) {
        for (BoundedPattern pattern : patterns) {
            check.step();
            if (pattern.find(name, check.looks())) {
                return false;
            }
        }
        return true;
    }

    /** {@code dependencies} that name members: one for each member that has some. */
    static Keyword dependency(String member, Set<String> wanted) {
        Set<String> sorted = new TreeSet<>(wanted);
        return of(
                OBJECT,
                (value, check) -> {
                    Map<?, ?> object = (Map<?, ?>) value;
                    return !object.containsKey(member) || object.keySet().containsAll(wanted);
                },
                value -> "property \"" + member + "\" of object has missing property dependencies (schema requires "
                        + Shown.json(sorted) + "; missing: " + missing((Map<?, ?>) value, wanted) + ")");
    }
}
