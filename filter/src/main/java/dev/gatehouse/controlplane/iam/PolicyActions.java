package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.iam.Parameters.Rule;
import dev.gatehouse.engine.identity.IdentityPolicies;
import dev.gatehouse.engine.policy.PolicyProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Inline policies of users. What they are made of is checked when they are saved, so that each of them counts as a whole. */
final class PolicyActions {

    static final List<Action> ALL = List.of(
            new Action("PutUserPolicy", PolicyActions::put),
            new Action("GetUserPolicy", PolicyActions::get),
            new Action("ListUserPolicies", PolicyActions::list),
            new Action("DeleteUserPolicy", PolicyActions::delete));

    /** Of all policies of a user, without white space: IAM user guide, "IAM and AWS STS quotas". */
    private static final int MOST_CHARACTERS = 2048;

    /** IAM API reference, policyNameType. */
    private static final Rule NAME = Rule.of(1, 128, "[\\w+=,.@-]+");

    /** IAM API reference, policyDocumentType. */
    private static final Rule DOCUMENT = Rule.of(1, 131_072, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

    private PolicyActions() {}

    private static Xml put(IamCall call) {
        String name = call.userName();
        String policy = call.parameters().required("PolicyName", NAME);
        String document = call.parameters().required("PolicyDocument", DOCUMENT);
        return call.write(users -> {
            User user = users.get(name);
            List<PolicyProblem> problems = IdentityPolicies.compile(document).problems();
            if (!problems.isEmpty()) {
                throw IamError.malformedPolicy(
                        problems.stream().map(PolicyActions::text).collect(Collectors.joining("; ")));
            }
            User after = user.with(policy, document);
            if (after.policies().values().stream()
                            .mapToLong(PolicyActions::length)
                            .sum()
                    > MOST_CHARACTERS) {
                throw IamError.limitExceeded(
                        "Maximum policy size of " + MOST_CHARACTERS + " bytes exceeded for user " + name);
            }
            users.put(after);
            return null;
        });
    }

    private static String text(PolicyProblem problem) {
        return problem.pointer().isEmpty() ? "The policy " + problem.message() : problem.toString();
    }

    private static long length(String document) {
        return document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    private static Xml get(IamCall call) {
        String name = call.userName();
        String policy = call.parameters().required("PolicyName", NAME);
        String document = document(call.read(users -> users.get(name)), policy);
        // RFC 3986, where a form is otherwise
        String encoded = URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
        return Xml.of("UserName", name).and(Xml.of("PolicyName", policy), Xml.of("PolicyDocument", encoded));
    }

    private static Xml list(IamCall call) {
        String name = call.userName();
        Page page = Page.of(call.parameters());
        User user = call.read(users -> users.get(name));
        return page.of("PolicyNames", user.policies().keySet(), policy -> policy, Xml::text);
    }

    private static Xml delete(IamCall call) {
        String name = call.userName();
        String policy = call.parameters().required("PolicyName", NAME);
        return call.write(users -> {
            User user = users.get(name);
            document(user, policy);
            users.put(user.with(policy, null));
            return null;
        });
    }

    private static String document(User user, String policy) {
        String document = user.policies().get(policy);
        if (document == null) {
            throw IamError.noSuchEntity("The user policy with name " + policy + " cannot be found.");
        }
        return document;
    }
}
