package dev.gatehouse.controlplane.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.controlplane.control.Marks;
import dev.gatehouse.controlplane.store.Entry;
import dev.gatehouse.controlplane.store.Key;
import dev.gatehouse.controlplane.store.Order;
import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The users in the store, for one call and within one transaction: whoever comes out of here, or is changed, has been asked for by somebody
 * whose policies allow it. Names are unique whatever their case.
 */
final class Users {

    /** No region is in front of it, and no kind of a region is without a slash. */
    static final String KIND = "iamuser";

    /** IAM user guide, "IAM and AWS STS quotas". */
    private static final int MOST = 5000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reading reading;
    private final Writing writing;
    private final IamCall call;

    /** @param writing null where nothing is to be changed */
    Users(Reading reading, Writing writing, IamCall call) {
        this.reading = reading;
        this.writing = writing;
        this.call = call;
    }

    static User read(Entry entry) {
        try {
            return JSON.readValue(entry.json(), User.class);
        } catch (JsonProcessingException e) {
            // the cause would quote what it is in, secrets with it
            throw new IllegalStateException(
                    "the store holds a user that cannot be read: " + entry.key().id());
        }
    }

    static Optional<User> find(Reading reading, String name) {
        return reading.get(Key.of(KIND, name)).map(Users::read);
    }

    /** @throws IamError where there is none of that name; who may not do this learns nothing of it */
    User get(String name) {
        Optional<User> user = find(reading, name);
        call.allow(
                call.realm().arn(user.map(User::path).orElse("/") + name),
                user.map(User::tags).orElse(Map.of()));
        if (isDeclared(name)) {
            throw writing == null
                    ? IamError.noSuchEntity("The user with name " + name
                            + " cannot be found: it is declared in the configuration of the gateway.")
                    : IamError.unmodifiable("User " + name
                            + " is declared in the configuration of the gateway and can be changed there only");
        }
        return user.orElseThrow(() -> IamError.noSuchEntity("The user with name " + name + " cannot be found."));
    }

    /** @param user of a name that nobody has */
    void create(User user) {
        call.allow(call.realm().arn(user.path() + user.name()), Map.of());
        requireFree(user.name(), null);
        if (reading.list(KIND, "", Order.OLDEST_FIRST, OptionalLong.empty(), MOST)
                        .size()
                >= MOST) {
            throw IamError.limitExceeded("Cannot exceed quota for UsersPerAccount: " + MOST);
        }
        put(user);
    }

    /** @param user as it came out of here, changed; of the same name */
    void put(User user) {
        put(writing, user);
    }

    static void put(Writing writing, User user) {
        writing.put(Key.of(KIND, user.name()), text(user), lookup(user.name()));
        Marks.USERS.mark(writing, user.name());
    }

    /** @param after of another name or path, which the caller must be allowed, too */
    void rename(User before, User after) {
        call.allow(call.realm().arn(after.path() + after.name()), before.tags());
        requireFree(after.name(), before.name());
        remove(before);
        put(after);
    }

    void remove(User user) {
        writing.remove(Key.of(KIND, user.name()));
        Marks.USERS.mark(writing, user.name());
    }

    /** A page of those below a path, in the order of their creation. */
    Xml list(String pathPrefix, Page page) {
        call.allow(call.realm().arn(pathPrefix), Map.of());
        List<Xml> shapes = new ArrayList<>();
        OptionalLong after = page.afterNumber();
        long last = 0;
        int chunk = page.limit() + 1;
        while (true) {
            List<Entry> entries = reading.list(KIND, "", Order.OLDEST_FIRST, after, chunk);
            for (Entry entry : entries) {
                User user = read(entry);
                if (user.path().startsWith(pathPrefix)) {
                    if (shapes.size() == page.limit()) {
                        return Page.shape("Users", shapes, String.valueOf(last));
                    }
                    shapes.add(UserActions.shape(call.realm(), user));
                    last = entry.sequence();
                }
            }
            if (entries.size() < chunk) {
                return Page.shape("Users", shapes, null);
            }
            after = OptionalLong.of(entries.get(entries.size() - 1).sequence());
        }
    }

    /** @param except the name of a user who may have it; null for nobody */
    private void requireFree(String name, String except) {
        boolean taken = reading.find(KIND, lookup(name))
                .filter(other -> !other.key().id().equals(except))
                .isPresent();
        if (taken || isDeclared(name)) {
            throw IamError.alreadyExists("User with name " + name + " already exists.");
        }
    }

    private boolean isDeclared(String name) {
        return call.realm().declares().test(lookup(name));
    }

    private static String lookup(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String text(User user) {
        try {
            return JSON.writeValueAsString(user);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a user that cannot be written");
        }
    }
}
