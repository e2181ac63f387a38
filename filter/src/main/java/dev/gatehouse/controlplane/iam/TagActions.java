package dev.gatehouse.controlplane.iam;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags of users, which policies see as {@code aws:PrincipalTag/...} of those who sign, and {@code aws:ResourceTag/...} here. */
final class TagActions {

    static final List<Action> ALL = List.of(
            new Action("TagUser", TagActions::tag),
            new Action("UntagUser", TagActions::untag),
            new Action("ListUserTags", TagActions::list));

    /** IAM user guide, "IAM and AWS STS quotas". */
    private static final int MOST = 50;

    private TagActions() {}

    private static Xml tag(IamCall call) {
        String name = call.userName();
        Map<String, String> tags = call.tags();
        return call.write(users -> {
            User user = users.get(name).taggedToo(tags);
            requireFew(user.tags());
            users.put(user);
            return null;
        });
    }

    private static Xml untag(IamCall call) {
        String name = call.userName();
        List<String> keys = call.tagKeys();
        return call.write(users -> {
            User user = users.get(name);
            Map<String, String> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            rest.putAll(user.tags());
            keys.forEach(rest::remove);
            users.put(user.tagged(rest));
            return null;
        });
    }

    private static Xml list(IamCall call) {
        String name = call.userName();
        Page page = Page.of(call.parameters());
        User user = call.read(users -> users.get(name));
        return page.of("Tags", user.tags().entrySet(), Map.Entry::getKey, TagActions::member);
    }

    static void requireFew(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw IamError.limitExceeded("Cannot exceed quota for TagsPerUser: " + MOST);
        }
    }

    static Xml shape(Map<String, String> tags) {
        return Xml.list("Tags", tags.entrySet().stream().map(TagActions::member));
    }

    private static Xml member(Map.Entry<String, String> tag) {
        return Xml.of("Key", tag.getKey()).and(Xml.of("Value", tag.getValue()));
    }
}
