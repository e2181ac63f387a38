package dev.gatehouse.controlplane.control;

import dev.gatehouse.definition.Problem;
import java.util.List;

/** All that the control plane wants of the running side. Thread-safe. */
public interface DataPlane {

    /**
     * Whether a stage could be served.
     *
     * @return all problems; empty where it could. Nothing changes
     */
    List<Problem> check(Release release);

    /**
     * From now on these stages of an API are served, and no others of that API. A stage that cannot be served any more, for
     * reasons outside of its definition, goes on as it was, or stays away when there is nothing to go on with.
     */
    void publish(String restApiId, List<Release> stages);
}
