package dev.gatehouse.engine.policy;

import dev.gatehouse.engine.policy.Principal.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code Principal} and {@code NotPrincipal}. */
final class CallersReader {

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern ROOT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):root");
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:(iam|sts)::[0-9]{12}:"
            + "(user|role|assumed-role|federated-user|saml-provider|oidc-provider)/[^*?\\s]+");
    private static final Pattern UNIQUE_ID = Pattern.compile("A[A-Z0-9]{3}[A-Z0-9]{12,124}");
    private static final Pattern NAME = Pattern.compile("[^*?\\s]+");

    private final Problems problems;
    private final String pointer;
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private boolean all;

    CallersReader(Problems problems, String pointer) {
        this.problems = problems;
        this.pointer = pointer;
    }

    Callers read(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            if (map.isEmpty()) {
                problems.add(pointer, "needs at least one kind of principal");
            }
            map.forEach((name, value) -> kind((String) name, value));
        } else if ("*".equals(tree)) {
            all = true;
        } else {
            problems.add(pointer, "must be '*' or an object with AWS, Service, Federated or CanonicalUser");
        }
        return new Callers(all, Set.copyOf(accounts), Set.copyOf(ids));
    }

    private void kind(String name, Object value) {
        String place = Problems.at(pointer, name);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(name)) {
                StatementReader.texts(value, place, problems, (text, at) -> {
                    if (kind == Kind.AWS) {
                        aws(text, at);
                    } else if (NAME.matcher(text).matches()) {
                        ids.add(name + " " + text);
                    } else {
                        problems.add(at, "is not a principal of kind " + name + ": '" + text + "'");
                    }
                });
                return;
            }
        }
        problems.add(place, "is not a kind of principal; there are AWS, Service, Federated and CanonicalUser");
    }

    private void aws(String text, String place) {
        if (text.equals("*")) {
            all = true;
        } else if (ACCOUNT.matcher(text).matches()) {
            accounts.add(text);
        } else if (ROOT.matcher(text).matches()) {
            accounts.add(text.split(":")[4]);
        } else if (ARN.matcher(text).matches() || UNIQUE_ID.matcher(text).matches()) {
            ids.add(text);
        } else {
            problems.add(
                    place,
                    "is neither '*', nor an account, nor the ARN of a user, role or session without wildcards: '" + text
                            + "'");
        }
    }
}
