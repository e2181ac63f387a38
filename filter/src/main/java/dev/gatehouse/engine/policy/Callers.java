package dev.gatehouse.engine.policy;

import java.util.List;
import java.util.Set;

/**
 * Whom a statement is about. Source: AWS Identity and Access Management user guide, "AWS JSON policy elements: Principal" and
 * "NotPrincipal".
 *
 * @param all whether there is a star
 * @param accounts 12 digits each
 * @param ids of each kind of principal, the kind's name and a colon before them
 */
record Callers(boolean all, Set<String> accounts, Set<String> ids) {

    /** As {@code Principal}: one name of the caller is enough, and an account stands for everybody in it. */
    boolean include(List<Principal> caller) {
        if (all) {
            return true;
        }
        for (int i = 0; i < caller.size(); i++) {
            Principal principal = caller.get(i);
            if (ids.contains(id(principal)) || principal.account() != null && accounts.contains(principal.account())) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a star, or one of the caller's own names. */
    boolean name(List<Principal> caller) {
        if (all) {
            return true;
        }
        for (int i = 0; i < caller.size(); i++) {
            Principal principal = caller.get(i);
            if (ids.contains(id(principal)) || isRoot(principal) && accounts.contains(principal.account())) {
                return true;
            }
        }
        return false;
    }

    /**
     * As {@code NotPrincipal} of a statement that denies: whoever is to be spared must be there with every name, and so must the
     * account.
     */
    boolean spare(List<Principal> caller) {
        if (all) {
            return true;
        }
        for (int i = 0; i < caller.size(); i++) {
            Principal principal = caller.get(i);
            boolean account = principal.account() == null || accounts.contains(principal.account());
            boolean self = ids.contains(id(principal)) || isRoot(principal);
            if (!account || !self) {
                return false;
            }
        }
        return !caller.isEmpty();
    }

    private static boolean isRoot(Principal principal) {
        return principal.account() != null && principal.id().endsWith(":iam::" + principal.account() + ":root");
    }

    static String id(Principal principal) {
        return principal.kind() == Principal.Kind.AWS
                ? principal.id()
                : principal.kind().word() + " " + principal.id();
    }
}
