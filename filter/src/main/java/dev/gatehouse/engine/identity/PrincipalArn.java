package dev.gatehouse.engine.identity;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of somebody who can sign. Source: AWS Identity and Access Management user guide, "IAM identifiers".
 *
 * @param kind what it is
 * @param arn as it is shown: in events, log lines and refusals
 * @param account 12 digits
 * @param name without path: of the user; of the session; {@code root}
 * @param issuer the ARN of the role that a session is one of; {@code arn} itself for everybody else
 */
public record PrincipalArn(Kind kind, String arn, String account, String name, String issuer) {

    /** The words are those of the condition key {@code aws:PrincipalType}. */
    public enum Kind {
        ROOT("Account"),
        USER("User"),
        ASSUMED_ROLE("AssumedRole");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private static final String NAME = "[\\w+=,.@-]{1,64}";
    private static final String PATH = "(?:[!-.0-~]+/){0,32}";
    private static final Pattern ROOT = Pattern.compile("(arn:aws[a-z-]{0,20}):iam::(\\d{12}):(root)");
    private static final Pattern USER =
            Pattern.compile("(arn:aws[a-z-]{0,20}):iam::(\\d{12}):user/" + PATH + "(" + NAME + ")");
    private static final Pattern SESSION =
            Pattern.compile("(arn:aws[a-z-]{0,20}):sts::(\\d{12}):assumed-role/(" + NAME + ")/(" + NAME + ")");
    private static final Pattern ROLE =
            Pattern.compile("(arn:aws[a-z-]{0,20}):iam::(\\d{12}):role/" + PATH + "(" + NAME + ")");

    public PrincipalArn {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(issuer, "issuer");
    }

    /** @return empty for anything but the ARN of a user, of an assumed role's session, or of an account's root */
    public static Optional<PrincipalArn> parse(String arn) {
        Matcher root = ROOT.matcher(arn);
        if (root.matches()) {
            return Optional.of(new PrincipalArn(Kind.ROOT, arn, root.group(2), "root", arn));
        }
        Matcher user = USER.matcher(arn);
        if (user.matches()) {
            return Optional.of(new PrincipalArn(Kind.USER, arn, user.group(2), user.group(3), arn));
        }
        Matcher session = SESSION.matcher(arn);
        if (session.matches()) {
            String role = session.group(1) + ":iam::" + session.group(2) + ":role/" + session.group(3);
            return Optional.of(new PrincipalArn(Kind.ASSUMED_ROLE, arn, session.group(2), session.group(4), role));
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException where {@link #parse} finds nothing */
    public static PrincipalArn of(String arn) {
        return parse(arn)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not the ARN of a user, an assumed role's session or an account's root: " + arn));
    }

    /**
     * The ARN of a session leaves out the path of its role. This tells it.
     *
     * @return empty where this is no session, or that is not a role of the same partition, account and name
     */
    public Optional<PrincipalArn> ofRole(String roleArn) {
        Matcher role = ROLE.matcher(roleArn);
        boolean same = kind == Kind.ASSUMED_ROLE
                && role.matches()
                && issuer.equals(role.group(1) + ":iam::" + role.group(2) + ":role/" + role.group(3));
        return same ? Optional.of(new PrincipalArn(kind, arn, account, name, roleArn)) : Optional.empty();
    }

    @Override
    public String toString() {
        return arn;
    }
}
