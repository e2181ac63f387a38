package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.iam.Parameters.Rule;
import java.util.List;

/** Access keys of users. A secret is shown once: when it is made. */
final class AccessKeyActions {

    static final List<Action> ALL = List.of(
            new Action("CreateAccessKey", AccessKeyActions::create),
            new Action("ListAccessKeys", AccessKeyActions::list),
            new Action("UpdateAccessKey", AccessKeyActions::update),
            new Action("DeleteAccessKey", AccessKeyActions::delete));

    /** IAM user guide, "IAM and AWS STS quotas". */
    private static final int MOST = 2;

    /** IAM API reference, accessKeyIdType. */
    private static final Rule ID = Rule.of(16, 128, "[\\w]+");

    private AccessKeyActions() {}

    private static Xml create(IamCall call) {
        String name = call.userNameOrOwn();
        Realm realm = call.realm();
        return call.write(users -> {
            User user = users.get(name);
            if (user.keys().size() >= MOST) {
                throw IamError.limitExceeded("Cannot exceed quota for AccessKeysPerUser: " + MOST);
            }
            AccessKey key = new AccessKey(realm.newId("AKIA", 16), realm.newSecret(), true, realm.now());
            users.put(user.with(key));
            return Xml.of("AccessKey", shape(user, key), Xml.of("SecretAccessKey", key.secret()));
        });
    }

    private static Xml list(IamCall call) {
        String name = call.userNameOrOwn();
        Page page = Page.of(call.parameters());
        User user = call.read(users -> users.get(name));
        return page.of("AccessKeyMetadata", user.keys(), AccessKey::id, key -> shape(user, key));
    }

    private static Xml update(IamCall call) {
        String id = call.parameters().required("AccessKeyId", ID);
        String status = call.parameters().oneOf("Status", List.of(AccessKey.ACTIVE, AccessKey.INACTIVE));
        String name = call.userNameOrOwn();
        return call.write(users -> {
            User user = users.get(name);
            users.put(user.with(key(user, id).activated(status.equals(AccessKey.ACTIVE))));
            return null;
        });
    }

    private static Xml delete(IamCall call) {
        String id = call.parameters().required("AccessKeyId", ID);
        String name = call.userNameOrOwn();
        return call.write(users -> {
            User user = users.get(name);
            users.put(user.withoutKey(key(user, id).id()));
            return null;
        });
    }

    private static AccessKey key(User user, String id) {
        return user.key(id)
                .orElseThrow(() -> IamError.noSuchEntity("The Access Key with id " + id + " cannot be found."));
    }

    private static Xml shape(User user, AccessKey key) {
        return Xml.of("UserName", user.name())
                .and(
                        Xml.of("AccessKeyId", key.id()),
                        Xml.of("Status", key.status()),
                        Xml.of("CreateDate", UserActions.date(key.created())));
    }
}
