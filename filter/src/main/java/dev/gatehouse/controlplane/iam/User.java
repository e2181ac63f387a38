package dev.gatehouse.controlplane.iam;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A user as it is kept: whole, in one entry, so that no access key can be moved to another user without the encryption of the store showing it.
 * Immutable.
 *
 * @param path begins and ends with a slash
 * @param id {@code AIDA...}: another one for each user that there ever was
 * @param created in seconds since 1970
 * @param tags by their keys, which have no case
 * @param policies texts by name
 * @param keys oldest first
 */
record User(
        String name,
        String path,
        String id,
        long created,
        Map<String, String> tags,
        Map<String, String> policies,
        List<AccessKey> keys) {

    User {
        tags = Collections.unmodifiableMap(byKey(tags));
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
        keys = List.copyOf(keys);
    }

    private static TreeMap<String, String> byKey(Map<String, String> tags) {
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(tags);
        return sorted;
    }

    User named(String newName, String newPath) {
        return new User(newName, newPath, id, created, tags, policies, keys);
    }

    User tagged(Map<String, String> newTags) {
        return new User(name, path, id, created, newTags, policies, keys);
    }

    /** With these tags beside those of other keys. */
    User taggedToo(Map<String, String> more) {
        TreeMap<String, String> all = byKey(tags);
        // a key that is there would keep its spelling
        more.keySet().forEach(all::remove);
        all.putAll(more);
        return tagged(all);
    }

    /** @param text null for none of that name */
    User with(String policy, String text) {
        Map<String, String> all = new TreeMap<>(policies);
        all.remove(policy);
        if (text != null) {
            all.put(policy, text);
        }
        return new User(name, path, id, created, tags, all, keys);
    }

    Optional<AccessKey> key(String accessKeyId) {
        return keys.stream().filter(key -> key.id().equals(accessKeyId)).findFirst();
    }

    /** With that access key, in the place of one with the same id, or as the newest. */
    User with(AccessKey key) {
        List<AccessKey> all = new ArrayList<>(keys);
        all.replaceAll(other -> other.id().equals(key.id()) ? key : other);
        if (!all.contains(key)) {
            all.add(key);
        }
        return new User(name, path, id, created, tags, policies, all);
    }

    User withoutKey(String accessKeyId) {
        List<AccessKey> rest =
                keys.stream().filter(key -> !key.id().equals(accessKeyId)).toList();
        return new User(name, path, id, created, tags, policies, rest);
    }
}
