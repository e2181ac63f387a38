package dev.gatehouse.controlplane.control;

import dev.gatehouse.controlplane.store.Reading;
import dev.gatehouse.controlplane.store.Writing;
import java.util.List;
import java.util.Map;

/** A kind of resource that has tags of its own. They are part of the resource and kept with it. */
interface Taggable {

    /** The resource part of its ARN, such as {@code /restapis/{id}}, a label being one segment. */
    String path();

    /** @throws ControlError where there is no such resource */
    Map<String, String> tags(Reading reading, Call call, List<String> labels);

    /** @throws ControlError where there is no such resource */
    void tag(Writing writing, Call call, List<String> labels, Map<String, String> tags);
}
