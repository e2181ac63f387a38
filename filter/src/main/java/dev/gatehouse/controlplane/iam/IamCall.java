package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.control.ControlRequest;
import dev.gatehouse.controlplane.store.DefinitionStore;
import dev.gatehouse.controlplane.store.StoreConflictException;
import dev.gatehouse.engine.identity.Identity;
import dev.gatehouse.engine.identity.PrincipalArn.Kind;
import dev.gatehouse.engine.policy.ConditionKeys;
import dev.gatehouse.engine.signature.Verification.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One call of one action: what was asked, by whom, and the way to the store. An action first reads all of its input, and the store then, which
 * shows it nobody whom the caller may not do this to. Not thread-safe.
 */
final class IamCall {

    /** IAM API reference, Tag. */
    private static final Parameters.Rule TAG_KEY = Parameters.Rule.of(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");

    private static final Parameters.Rule TAG_VALUE = Parameters.Rule.of(0, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    /** IAM API reference, existingUserNameType. */
    private static final Parameters.Rule NAME = Parameters.Rule.of(1, 128, "[\\w+=,.@-]+");

    private final Realm realm;
    private final String action;
    private final Parameters parameters;
    private final ControlRequest request;
    private final Verified<Identity> caller;
    private final List<String> tagKeys = new ArrayList<>();
    private Map<String, String> tags = Map.of();
    private String subject = "";

    IamCall(Realm realm, String action, Parameters parameters, ControlRequest request, Verified<Identity> caller) {
        this.realm = realm;
        this.action = action;
        this.parameters = parameters;
        this.request = request;
        this.caller = caller;
    }

    Realm realm() {
        return realm;
    }

    // ---- what was asked

    Parameters parameters() {
        return parameters;
    }

    /** The user that it is about. */
    String userName() {
        return parameters.required("UserName", NAME);
    }

    /** The user that it is about: the caller, where no other is named. */
    String userNameOrOwn() {
        String named = parameters.optional("UserName", NAME);
        if (named != null) {
            return named;
        }
        if (caller.principal().principal().kind() != Kind.USER) {
            throw IamError.invalid("Must specify userName when calling with non-User credentials");
        }
        return caller.principal().principal().name();
    }

    /** Tags that the call is to set. */
    Map<String, String> tags() {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> tag : parameters.pairs("Tags", TAG_KEY, TAG_VALUE)) {
            if (sent.put(tag.getKey(), tag.getValue()) != null) {
                throw IamError.invalidInput(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (tag.getKey().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw IamError.invalidInput("Tag keys that begin with aws: are Amazon's own: " + tag.getKey());
            }
        }
        tags = sent;
        return sent;
    }

    /** Keys of tags that the call is to remove. */
    List<String> tagKeys() {
        tagKeys.addAll(parameters.list("TagKeys", TAG_KEY));
        return tagKeys;
    }

    /** The ARN that the caller's policies were asked for last. */
    String subject() {
        return subject;
    }

    /** The caller's ARN. */
    String caller() {
        return caller.principal().arn();
    }

    // ---- what the caller may

    /**
     * @param resource its ARN
     * @param resourceTags that it has now
     * @throws dev.gatehouse.controlplane.control.ControlError where the caller may not do this to it
     */
    void allow(String resource, Map<String, String> resourceTags) {
        subject = resource;
        realm.signatories().allow(caller.principal(), "iam:" + action, resource, () -> circumstances(resourceTags));
    }

    private ConditionKeys.Builder circumstances(Map<String, String> resourceTags) {
        ConditionKeys.Builder circumstances =
                realm.signatories().circumstances(request, caller.scope().region());
        resourceTags.forEach((key, value) ->
                circumstances.add("aws:ResourceTag/" + key, value).add("iam:ResourceTag/" + key, value));
        tags.forEach((key, value) ->
                circumstances.add("aws:RequestTag/" + key, value).add("aws:TagKeys", key));
        tagKeys.forEach(key -> circumstances.add("aws:TagKeys", key));
        return circumstances;
    }

    // ---- the way to the store

    <T> T read(Function<Users, T> work) {
        return store().read(reading -> work.apply(new Users(reading, null, this)));
    }

    /**
     * Atomic; may run again, so {@code work} has no other effects. What has changed counts at once. It is rehearsed before, as all who write wait for
     * each other: who may not do this, or cannot, keeps nobody waiting.
     */
    <T> T write(Function<Users, T> work) {
        DefinitionStore store = store();
        store.read(reading -> work.apply(new Users(reading, new Rehearsal(reading), this)));
        T done;
        try {
            done = store.write(writing -> work.apply(new Users(writing, writing, this)));
        } catch (StoreConflictException e) {
            throw IamError.concurrentModification();
        }
        realm.kept().refresh();
        return done;
    }

    private DefinitionStore store() {
        parameters.refuseWhatIsWrong();
        if (realm.kept() == null) {
            throw IamError.invalidInput(
                    "Users and access keys are kept in an encrypted store only, and that of this control"
                            + " plane is not: set controlPlane.encryptionKey in gatehouse.yaml, and begin with an empty store");
        }
        return realm.kept().store();
    }
}
