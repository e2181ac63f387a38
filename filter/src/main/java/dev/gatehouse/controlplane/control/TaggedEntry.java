package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tags of something that is an entry of its own in the store.
 *
 * @param path see {@link Taggable#path}
 * @param finder throws {@link ControlError} where there is no such thing
 * @param <T> the definition
 */
record TaggedEntry<T>(String path, Finder<T> finder, Function<T, Map<String, String>> tags, Keeper<T> keeper)
        implements Taggable {

    interface Finder<T> {
        T find(Reading reading, List<String> labels);
    }

    interface Keeper<T> {
        void put(Writing writing, T thing, Map<String, String> tags);
    }

    @Override
    public Map<String, String> tags(Reading reading, Call call, List<String> labels) {
        return tags.apply(finder.find(reading, labels));
    }

    @Override
    public void tag(Writing writing, Call call, List<String> labels, Map<String, String> changed) {
        keeper.put(writing, finder.find(writing, labels), changed);
    }
}
