package dev.gatehouse.controlplane.iam;

import dev.gatehouse.controlplane.iam.Parameters.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Users. */
final class UserActions {

    static final List<Action> ALL = List.of(
            new Action("CreateUser", UserActions::create),
            new Action("GetUser", UserActions::get),
            new Action("ListUsers", UserActions::list),
            new Action("UpdateUser", UserActions::update),
            new Action("DeleteUser", UserActions::delete));

    /** IAM API reference, userNameType. */
    private static final Rule NAME = Rule.of(1, 64, "[\\w+=,.@-]+");

    /** As {@link dev.gatehouse.engine.identity.PrincipalArn} knows them, so that each user has an ARN that policies can name. */
    private static final Rule PATH = Rule.of(1, 512, "/([!-.0-~]+/){0,32}");

    private static final Rule PATH_PREFIX = Rule.of(1, 512, "/[!-~]*");

    private UserActions() {}

    private static Xml create(IamCall call) {
        String name = call.parameters().required("UserName", NAME);
        String path = call.parameters().optional("Path", PATH);
        Map<String, String> tags = call.tags();
        Realm realm = call.realm();
        TagActions.requireFew(tags);
        return call.write(users -> {
            User user = new User(
                    name, path == null ? "/" : path, realm.newId("AIDA", 17), realm.now(), tags, Map.of(), List.of());
            users.create(user);
            return Xml.of("User", whole(realm, user));
        });
    }

    private static Xml get(IamCall call) {
        String name = call.userNameOrOwn();
        return Xml.of("User", whole(call.realm(), call.read(users -> users.get(name))));
    }

    private static Xml list(IamCall call) {
        String prefix = call.parameters().optional("PathPrefix", PATH_PREFIX);
        Page page = Page.of(call.parameters());
        return call.read(users -> users.list(prefix == null ? "/" : prefix, page));
    }

    /** Its access keys, policies and tags stay; its ARN is another one from then on. */
    private static Xml update(IamCall call) {
        String name = call.userName();
        String newName = call.parameters().optional("NewUserName", NAME);
        String newPath = call.parameters().optional("NewPath", PATH);
        return call.write(users -> {
            User user = users.get(name);
            users.rename(user, user.named(newName == null ? name : newName, newPath == null ? user.path() : newPath));
            return null;
        });
    }

    private static Xml delete(IamCall call) {
        String name = call.userName();
        return call.write(users -> {
            User user = users.get(name);
            if (!user.keys().isEmpty()) {
                throw IamError.deleteConflict("Cannot delete entity, must remove access keys first.");
            }
            if (!user.policies().isEmpty()) {
                throw IamError.deleteConflict("Cannot delete entity, must delete policies first.");
            }
            users.remove(user);
            return null;
        });
    }

    /** As lists show it. */
    static Xml shape(Realm realm, User user) {
        return Xml.of("Path", user.path())
                .and(
                        Xml.of("UserName", user.name()),
                        Xml.of("UserId", user.id()),
                        Xml.of("Arn", realm.arn(user.path() + user.name())),
                        Xml.of("CreateDate", date(user.created())));
    }

    private static Xml whole(Realm realm, User user) {
        Xml tags = user.tags().isEmpty() ? Xml.NOTHING : TagActions.shape(user.tags());
        return shape(realm, user).and(tags);
    }

    static String date(long epochSecond) {
        return Instant.ofEpochSecond(epochSecond).toString();
    }
}
